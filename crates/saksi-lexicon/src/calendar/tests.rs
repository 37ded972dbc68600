use super::{Calendar, Class, Group, atoms};
use crate::{Error, PackFile};

fn file(text: &'static str) -> PackFile {
    PackFile {
        path: "xx/calendar.toml".into(),
        text: text.into(),
    }
}

fn compiled(text: &'static str) -> Calendar {
    Calendar::compile(&[&file(text)]).unwrap()
}

fn error(text: &'static str) -> String {
    Calendar::compile(&[&file(text)]).unwrap_err().to_string()
}

#[test]
fn options_make_a_pattern_each_and_keep_what_is_written_together() {
    let calendar =
        compiled("[patterns]\ndate = [\"{day}[.] {year}\", \"(on|by) -> {year}-{day}\"]");
    let places = |first: Class| -> Vec<Vec<(Class, bool)>> {
        calendar
            .patterns(Group::Date, first)
            .iter()
            .map(|pattern| {
                pattern
                    .elements
                    .iter()
                    .map(|element| (element.class, element.glued))
                    .collect()
            })
            .collect()
    };
    let day = places(Class::Day);
    assert_eq!(day.len(), 2);
    assert!(day[0][1].1, "the full stop is written on to the day");
    assert_eq!(day[1], [(Class::Day, false), (Class::Year, false)]);
    let on = calendar.entries("on")[0].class;
    let context = &calendar.patterns(Group::Date, on)[0];
    assert_eq!((context.context, context.elements.len()), (1, 4));
    assert!(context.elements[2].glued && context.elements[3].glued);
}

#[test]
fn an_absent_option_lets_its_neighbours_stand_apart() {
    let calendar = compiled("[patterns]\ndate = [\"{month} [\\\\(]{day}\"]");
    let patterns = calendar.patterns(Group::Date, Class::Month);
    assert_eq!(patterns.len(), 2);
    assert_eq!(
        patterns
            .iter()
            .map(|pattern| pattern.elements.last().map(|last| last.glued))
            .collect::<Vec<_>>(),
        [Some(true), Some(false)]
    );
}

#[test]
fn a_word_with_a_capital_asks_for_it() {
    let calendar = compiled("months = [[\"january\"], [\"May\"]]");
    assert!(calendar.entries("may").iter().all(|entry| entry.capital));
    assert!(!calendar.entries("january")[0].capital);
}

#[test]
fn a_feast_may_last_more_than_a_day() {
    let calendar = compiled(
        "[[movable]]\nnames = [\"ramadan\"]\ndays = [\"2023-03-23/2023-04-21\", \"2024-03-12\"]",
    );
    let day = (2024, 3, 12);
    assert_eq!(
        calendar.days_of(0),
        [((2023, 3, 23), (2023, 4, 21)), (day, day)]
    );
}

#[test]
fn errors_name_the_place() {
    let text = error("decimal = \".\"\n[patterns]\ndate = [\"{day} {mnth}\"]");
    assert!(text.starts_with("xx/calendar.toml:3:9:"), "{text}");
    assert!(text.contains("{mnth}"), "{text}");
    let text = error("[patterns]\nweather = [\"{day}\"]");
    assert!(
        text.contains("no kind of expression is called `weather`"),
        "{text}"
    );
    let text = error("[units]\nmoon = [\"moon\"]");
    assert!(text.starts_with("xx/calendar.toml:2:"), "{text}");
    assert!(error("[day_parts]\nnoon = [\"noon\"]").contains("`midday`"));
    assert!(error("[weekdays_again]\n8 = [\"moondays\"]").contains("1 to 7"));
    assert!(error("[patterns]\nrange = [\"{range} to {point}\"]").contains("{range}"));
    assert!(error("[patterns]\ndate = [\"[{day}]\"]").contains("may match nothing"));
    assert!(error("[patterns]\ndate = [\"({day}\"]").contains('`'));
    for text in [
        "[[movable]]\nnames = [\"Lebaran\"]\ndays = [\"2023-13-01\"]",
        "[[movable]]\nnames = [\"Lebaran\"]\ndays = [\"2023-04-22\", \"2022-05-02\"]",
        "[[movable]]\nnames = [\"Lebaran\"]\ndays = [\"22 April\"]",
        "[[movable]]\nnames = [\"Ramadan\"]\ndays = [\"2023-04-21/2023-03-23\"]",
    ] {
        let told = error(text);
        assert!(told.starts_with("xx/calendar.toml:3:"), "{told}");
        assert!(told.contains("YYYY-MM-DD"), "{told}");
    }
    assert!(matches!(
        Calendar::compile(&[&file("moths = []")]),
        Err(Error::InFile { .. })
    ));
}

#[test]
fn a_later_file_adds_to_an_earlier_one() {
    let first = file("[words]\nto = [\"to\"]\n[patterns]\nrange = [\"{point} {to} {point}\"]");
    let later = file("[words]\nto = [\"until\"]");
    let calendar = Calendar::compile(&[&first, &later]).unwrap();
    assert_eq!(
        calendar.entries("to")[0].class,
        calendar.entries("until")[0].class
    );
}

#[test]
fn any_text_is_cut_on_character_borders() {
    for text in ["14th", "“Mei”—2023’s", "١٤ 8月", "", "  ", "ñandú2"] {
        for (range, _) in atoms(text) {
            assert!(text.get(range).is_some_and(|atom| !atom.is_empty()));
        }
    }
}
