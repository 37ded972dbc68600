//! Codes of countries: what other people's data has for them, and the alpha-3 code of ISO 3166-1 that packs have.
//!
//! States that are no more keep the alpha-3 code that they had (ISO 3166-3): a citizen of the Soviet Union is not for this crate to give
//! to one of its successors.

/// Alpha-2 and alpha-3 code of ISO 3166-1 (`XKX` for Kosovo), and the number of the Wikidata item.
#[rustfmt::skip]
const COUNTRIES: &[(&str, &str, u32)] = &[
    ("AD", "AND", 228), ("AE", "ARE", 878), ("AF", "AFG", 889), ("AG", "ATG", 781),
    ("AI", "AIA", 25228), ("AL", "ALB", 222), ("AM", "ARM", 399), ("AO", "AGO", 916),
    ("AQ", "ATA", 51), ("AR", "ARG", 414), ("AS", "ASM", 16641), ("AT", "AUT", 40),
    ("AU", "AUS", 408), ("AW", "ABW", 21203), ("AX", "ALA", 5689), ("AZ", "AZE", 227),
    ("BA", "BIH", 225), ("BB", "BRB", 244), ("BD", "BGD", 902), ("BE", "BEL", 31),
    ("BF", "BFA", 965), ("BG", "BGR", 219), ("BH", "BHR", 398), ("BI", "BDI", 967),
    ("BJ", "BEN", 962), ("BL", "BLM", 25362), ("BM", "BMU", 23635), ("BN", "BRN", 921),
    ("BO", "BOL", 750), ("BQ", "BES", 27561), ("BR", "BRA", 155), ("BS", "BHS", 778),
    ("BT", "BTN", 917), ("BV", "BVT", 23408), ("BW", "BWA", 963), ("BY", "BLR", 184),
    ("BZ", "BLZ", 242), ("CA", "CAN", 16), ("CC", "CCK", 36004), ("CD", "COD", 974),
    ("CF", "CAF", 929), ("CG", "COG", 971), ("CH", "CHE", 39), ("CI", "CIV", 1008),
    ("CK", "COK", 26988), ("CL", "CHL", 298), ("CM", "CMR", 1009), ("CN", "CHN", 148),
    ("CO", "COL", 739), ("CR", "CRI", 800), ("CU", "CUB", 241), ("CV", "CPV", 1011),
    ("CW", "CUW", 25279), ("CX", "CXR", 31063), ("CY", "CYP", 229), ("CZ", "CZE", 213),
    ("DE", "DEU", 183), ("DJ", "DJI", 977), ("DK", "DNK", 756_617), ("DM", "DMA", 784),
    ("DO", "DOM", 786), ("DZ", "DZA", 262), ("EC", "ECU", 736), ("EE", "EST", 191),
    ("EG", "EGY", 79), ("EH", "ESH", 6250), ("ER", "ERI", 986), ("ES", "ESP", 29),
    ("ET", "ETH", 115), ("FI", "FIN", 33), ("FJ", "FJI", 712), ("FK", "FLK", 9648),
    ("FM", "FSM", 702), ("FO", "FRO", 4628), ("FR", "FRA", 142), ("GA", "GAB", 1000),
    ("GB", "GBR", 145), ("GD", "GRD", 769), ("GE", "GEO", 230), ("GF", "GUF", 3769),
    ("GG", "GGY", 25230), ("GH", "GHA", 117), ("GI", "GIB", 1410), ("GL", "GRL", 223),
    ("GM", "GMB", 1005), ("GN", "GIN", 1006), ("GP", "GLP", 17012), ("GQ", "GNQ", 983),
    ("GR", "GRC", 41), ("GS", "SGS", 35086), ("GT", "GTM", 774), ("GU", "GUM", 16635),
    ("GW", "GNB", 1007), ("GY", "GUY", 734), ("HK", "HKG", 8646), ("HM", "HMD", 131_198),
    ("HN", "HND", 783), ("HR", "HRV", 224), ("HT", "HTI", 790), ("HU", "HUN", 28),
    ("ID", "IDN", 252), ("IE", "IRL", 27), ("IL", "ISR", 801), ("IM", "IMN", 9676),
    ("IN", "IND", 668), ("IO", "IOT", 43448), ("IQ", "IRQ", 796), ("IR", "IRN", 794),
    ("IS", "ISL", 189), ("IT", "ITA", 38), ("JE", "JEY", 785), ("JM", "JAM", 766),
    ("JO", "JOR", 810), ("JP", "JPN", 17), ("KE", "KEN", 114), ("KG", "KGZ", 813),
    ("KH", "KHM", 424), ("KI", "KIR", 710), ("KM", "COM", 970), ("KN", "KNA", 763),
    ("KP", "PRK", 423), ("KR", "KOR", 884), ("KW", "KWT", 817), ("KY", "CYM", 5785),
    ("KZ", "KAZ", 232), ("LA", "LAO", 819), ("LB", "LBN", 822), ("LC", "LCA", 760),
    ("LI", "LIE", 347), ("LK", "LKA", 854), ("LR", "LBR", 1014), ("LS", "LSO", 1013),
    ("LT", "LTU", 37), ("LU", "LUX", 32), ("LV", "LVA", 211), ("LY", "LBY", 1016),
    ("MA", "MAR", 1028), ("MC", "MCO", 235), ("MD", "MDA", 217), ("ME", "MNE", 236),
    ("MF", "MAF", 126_125), ("MG", "MDG", 1019), ("MH", "MHL", 709), ("MK", "MKD", 221),
    ("ML", "MLI", 912), ("MM", "MMR", 836), ("MN", "MNG", 711), ("MO", "MAC", 14773),
    ("MP", "MNP", 16644), ("MQ", "MTQ", 17054), ("MR", "MRT", 1025), ("MS", "MSR", 13353),
    ("MT", "MLT", 233), ("MU", "MUS", 1027), ("MV", "MDV", 826), ("MW", "MWI", 1020),
    ("MX", "MEX", 96), ("MY", "MYS", 833), ("MZ", "MOZ", 1029), ("NA", "NAM", 1030),
    ("NC", "NCL", 33788), ("NE", "NER", 1032), ("NF", "NFK", 31057), ("NG", "NGA", 1033),
    ("NI", "NIC", 811), ("NL", "NLD", 29999), ("NO", "NOR", 20), ("NP", "NPL", 837),
    ("NR", "NRU", 697), ("NU", "NIU", 34020), ("NZ", "NZL", 664), ("OM", "OMN", 842),
    ("PA", "PAN", 804), ("PE", "PER", 419), ("PF", "PYF", 30971), ("PG", "PNG", 691),
    ("PH", "PHL", 928), ("PK", "PAK", 843), ("PL", "POL", 36), ("PM", "SPM", 34617),
    ("PN", "PCN", 35672), ("PR", "PRI", 1183), ("PS", "PSE", 219_060), ("PT", "PRT", 45),
    ("PW", "PLW", 695), ("PY", "PRY", 733), ("QA", "QAT", 846), ("RE", "REU", 17070),
    ("RO", "ROU", 218), ("RS", "SRB", 403), ("RU", "RUS", 159), ("RW", "RWA", 1037),
    ("SA", "SAU", 851), ("SB", "SLB", 685), ("SC", "SYC", 1042), ("SD", "SDN", 1049),
    ("SE", "SWE", 34), ("SG", "SGP", 334), ("SH", "SHN", 192_184), ("SI", "SVN", 215),
    ("SJ", "SJM", 842_829), ("SK", "SVK", 214), ("SL", "SLE", 1044), ("SM", "SMR", 238),
    ("SN", "SEN", 1041), ("SO", "SOM", 1045), ("SR", "SUR", 730), ("SS", "SSD", 958),
    ("ST", "STP", 1039), ("SV", "SLV", 792), ("SX", "SXM", 26273), ("SY", "SYR", 858),
    ("SZ", "SWZ", 1050), ("TC", "TCA", 18221), ("TD", "TCD", 657), ("TF", "ATF", 129_003),
    ("TG", "TGO", 945), ("TH", "THA", 869), ("TJ", "TJK", 863), ("TK", "TKL", 36823),
    ("TL", "TLS", 574), ("TM", "TKM", 874), ("TN", "TUN", 948), ("TO", "TON", 678),
    ("TR", "TUR", 43), ("TT", "TTO", 754), ("TV", "TUV", 672), ("TW", "TWN", 865),
    ("TZ", "TZA", 924), ("UA", "UKR", 212), ("UG", "UGA", 1036), ("UM", "UMI", 16645),
    ("US", "USA", 30), ("UY", "URY", 77), ("UZ", "UZB", 265), ("VA", "VAT", 237),
    ("VC", "VCT", 757), ("VE", "VEN", 717), ("VG", "VGB", 25305), ("VI", "VIR", 11703),
    ("VN", "VNM", 881), ("VU", "VUT", 686), ("WF", "WLF", 35555), ("WS", "WSM", 683),
    ("XK", "XKX", 1246), ("YE", "YEM", 805), ("YT", "MYT", 17063), ("ZA", "ZAF", 258),
    ("ZM", "ZMB", 953), ("ZW", "ZWE", 954),
];

/// Other codes that are in use, and those of states that are no more.
const OTHER_CODES: &[(&str, &str)] = &[
    ("UK", "GBR"),
    ("EL", "GRC"),
    ("SU", "SUN"),
    ("SUHH", "SUN"),
    ("YU", "YUG"),
    ("YUCS", "YUG"),
    ("CS", "CSK"),
    ("CSHH", "CSK"),
    ("CSXX", "SCG"),
    ("DD", "DDR"),
    ("DDDE", "DDR"),
    ("ZR", "COD"),
    ("TP", "TLS"),
    ("BU", "MMR"),
];

/// Alpha-3 codes of states that are no more.
const FORMER: &[&str] = &["SUN", "YUG", "CSK", "SCG", "DDR"];

/// Numbers of further Wikidata items: countries beside their kingdoms, and states that are no more.
const OTHER_ITEMS: &[(u32, &str)] = &[
    (35, "DNK"),
    (55, "NLD"),
    (15_180, "SUN"),
    (36_704, "YUG"),
    (83_286, "YUG"),
    (37_024, "SCG"),
    (33_946, "CSK"),
    (16_957, "DDR"),
];

/// The alpha-3 code for a code of two or three letters, in any case; a part of a country (`gb-sct`, `ru-cc`) counts as the country.
pub(crate) fn of_code(code: &str) -> Option<&'static str> {
    let code = code.split('-').next().unwrap_or(code).trim();
    if code.len() > 4 || !code.is_ascii() {
        return None;
    }
    let code = code.to_ascii_uppercase();
    if code.len() == 3 {
        let known = COUNTRIES.iter().map(|&(_, three, _)| three);
        return known
            .chain(FORMER.iter().copied())
            .find(|three| *three == code);
    }
    let at = COUNTRIES.binary_search_by_key(&&*code, |&(two, _, _)| two);
    let other = || OTHER_CODES.iter().find(|(other, _)| *other == code);
    at.ok()
        .map(|at| COUNTRIES[at].1)
        .or_else(|| other().map(|&(_, three)| three))
}

/// The alpha-3 code for a Wikidata item, by its number.
pub(crate) fn of_item(item: u32) -> Option<&'static str> {
    let own = COUNTRIES.iter().find(|&&(_, _, number)| number == item);
    let other = || OTHER_ITEMS.iter().find(|&&(number, _)| number == item);
    own.map(|&(_, three, _)| three)
        .or_else(|| other().map(|&(_, three)| three))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_use_and_former_ones() {
        for (code, three) in [
            ("id", Some("IDN")),
            ("GB", Some("GBR")),
            ("uk", Some("GBR")),
            ("gb-sct", Some("GBR")),
            ("prk", Some("PRK")),
            ("su", Some("SUN")),
            ("yucs", Some("YUG")),
            ("cshh", Some("CSK")),
            ("dd", Some("DDR")),
            ("eu", None),
            ("zz", None),
            ("", None),
            ("Indonesia", None),
        ] {
            assert_eq!(of_code(code), three, "{code}");
        }
        assert_eq!((of_item(252), of_item(5)), (Some("IDN"), None));
        assert_eq!((of_item(55), of_item(29999)), (Some("NLD"), Some("NLD")));
    }

    #[test]
    fn the_table_is_sorted_and_has_nothing_twice() {
        assert!(COUNTRIES.is_sorted_by(|one, other| one.0 < other.0));
        let mut codes: Vec<_> = COUNTRIES.iter().map(|row| row.1).collect();
        let mut items: Vec<_> = COUNTRIES.iter().map(|row| row.2).collect();
        codes.sort_unstable();
        items.sort_unstable();
        assert!(codes.is_sorted_by(|one, other| one < other));
        assert!(items.is_sorted_by(|one, other| one < other));
    }
}
