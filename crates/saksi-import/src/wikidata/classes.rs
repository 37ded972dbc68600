//! What instances of common classes of Wikidata are. An item names the narrowest classes that it is of, so wide ones alone do not do.

use saksi_record::EntityType;

/// What instances of a class are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meant {
    pub(super) kind: EntityType,
    pub(super) class: Option<&'static str>,
    pub(super) sector: Option<&'static str>,
}

type Row = (u32, EntityType, Option<&'static str>, Option<&'static str>);

use EntityType::{Document, Facility, Organization, Person, Place, State, Weapon};

#[rustfmt::skip]
const CLASSES: &[Row] = &[
    // human
    (5, Person, None, None),
    // sovereign state, country
    (3_624_078, State, None, Some("GOV")),
    (6256, State, None, Some("GOV")),
    // city, big city, million city, capital, metropolis, town, village, human settlement, municipality, commune of France, comune of Italy,
    // city of the United States, city of Indonesia, quarter
    (515, Place, Some("town"), None),
    (1_549_591, Place, Some("town"), None),
    (1_637_706, Place, Some("town"), None),
    (5119, Place, Some("town"), None),
    (200_250, Place, Some("town"), None),
    (3957, Place, Some("town"), None),
    (532, Place, Some("town"), None),
    (486_972, Place, Some("town"), None),
    (15_284, Place, Some("town"), None),
    (484_170, Place, Some("town"), None),
    (747_074, Place, Some("town"), None),
    (1_093_829, Place, Some("town"), None),
    (3_199_141, Place, Some("town"), None),
    (2_983_893, Place, Some("town"), None),
    // first-level division, province, province of Indonesia, state of the United States, oblast of Russia
    (10_864_048, Place, Some("region/first"), None),
    (34_876, Place, Some("region/first"), None),
    (5098, Place, Some("region/first"), None),
    (35_657, Place, Some("region/first"), None),
    (835_714, Place, Some("region/first"), None),
    // regency of Indonesia, county
    (3_191_695, Place, Some("region/second"), None),
    (28_575, Place, Some("region/second"), None),
    // island, mountain, mountain range, river, lake, sea, strait, peninsula
    (23_442, Place, Some("island"), None),
    (8502, Place, Some("mountain"), None),
    (46_831, Place, Some("mountain"), None),
    (4022, Place, Some("river"), None),
    (23_397, Place, Some("lake"), None),
    (165, Place, Some("sea"), None),
    (37_901, Place, Some("strait"), None),
    (34_763, Place, Some("peninsula"), None),
    // organisation, non-profit, non-governmental, international, intergovernmental
    (43_229, Organization, None, None),
    (163_740, Organization, None, Some("NGO")),
    (79_913, Organization, None, Some("NGO")),
    (484_652, Organization, None, None),
    (245_065, Organization, None, Some("IGO")),
    // business, company, enterprise, public company, bank, airline
    (4_830_453, Organization, Some("company"), Some("BUS")),
    (783_794, Organization, Some("company"), Some("BUS")),
    (6_881_511, Organization, Some("company"), Some("BUS")),
    (891_723, Organization, Some("company"), Some("BUS")),
    (22_687, Organization, Some("company"), Some("BUS")),
    (46_970, Organization, Some("company"), Some("BUS")),
    // government agency, ministry, intelligence agency
    (327_333, Organization, None, Some("GOV")),
    (192_350, Organization, None, Some("GOV")),
    (47_913, Organization, None, Some("SPY")),
    // armed forces, their branches, army, navy, military unit
    (772_547, Organization, None, Some("MIL")),
    (781_132, Organization, None, Some("MIL")),
    (61_883, Organization, None, Some("MIL")),
    (37_726, Organization, None, Some("MIL")),
    (4508, Organization, None, Some("MIL")),
    (176_799, Organization, None, Some("MIL")),
    // political party, university, news agency, newspaper
    (7278, Organization, None, Some("PTY")),
    (3918, Organization, None, Some("EDU")),
    (192_283, Organization, None, Some("MED")),
    (11_032, Organization, None, Some("MED")),
    // military base, air base, naval base, airport, shipyard, factory, power station, nuclear power plant, port
    (245_016, Facility, Some("base"), Some("MIL")),
    (744_099, Facility, Some("base"), Some("MIL")),
    (18_691_599, Facility, Some("base"), Some("MIL")),
    (1_248_784, Facility, Some("airport"), None),
    (190_928, Facility, Some("shipyard"), None),
    (83_405, Facility, Some("factory"), None),
    (159_719, Facility, Some("power-station"), None),
    (134_447, Facility, Some("power-station"), None),
    (44_782, Facility, Some("port"), None),
    // weapon, tank, aircraft carrier, submarine, destroyer, frigate, corvette, ship, ship class, aircraft family, aircraft model
    (728, Weapon, None, None),
    (12_876, Weapon, Some("tank"), None),
    (17_205, Weapon, Some("vessel"), None),
    (2811, Weapon, Some("vessel"), None),
    (174_736, Weapon, Some("vessel"), None),
    (161_705, Weapon, Some("vessel"), None),
    (170_013, Weapon, Some("vessel"), None),
    (11_446, Weapon, Some("vessel"), None),
    (559_026, Weapon, Some("vessel"), None),
    (15_056_993, Weapon, Some("aircraft"), None),
    (15_056_995, Weapon, Some("aircraft"), None),
    // treaty, peace treaty
    (131_569, Document, Some("treaty"), None),
    (625_298, Document, Some("treaty"), None),
];

/// What instances of the class of that number are.
pub(super) fn of(number: u32) -> Option<Meant> {
    let row = CLASSES.iter().find(|row| row.0 == number);
    row.map(|&(_, kind, class, sector)| Meant {
        kind,
        class,
        sector,
    })
}
