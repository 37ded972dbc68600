//! From HTML to the lines that a person sees: paragraphs, headings, entries of lists.
//!
//! In: a tree. Out: text with an empty line between blocks and a new line where the page breaks one.

use scraper::node::Node;
use scraper::{ElementRef, Html};

use super::depth;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "canvas",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
    "th",
    "caption",
];

/// Elements whose content nobody sees as text.
pub(crate) const UNSEEN: [&str; 14] = [
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select",
    "textarea", "button", "audio", "video",
];

/// The blocks of a page or fragment, in order, without empty ones; none of what is nested too deeply to be one.
pub(crate) fn of_html(html: &str) -> Vec<String> {
    let html = depth::mended(html);
    if depth::check_fragment(&html).is_err() {
        return Vec::new();
    }
    of_element(Html::parse_fragment(&html).root_element())
}

/// The blocks of an element.
pub(crate) fn of_element(element: ElementRef<'_>) -> Vec<String> {
    let mut blocks = Blocks::default();
    // Edges, not recursion: the depth of a tree is no matter of the stack.
    let mut unseen = 0_usize;
    for edge in element.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Element(element) if UNSEEN.contains(&element.name()) => unseen += 1,
                Node::Element(element) if element.name() == "br" => blocks.text.push('\n'),
                Node::Element(element) if BLOCKS.contains(&element.name()) => blocks.end(),
                Node::Text(text) if unseen == 0 => blocks.say(text),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    if UNSEEN.contains(&element.name()) {
                        unseen = unseen.saturating_sub(1);
                    } else if BLOCKS.contains(&element.name()) {
                        blocks.end();
                    }
                }
            }
        }
    }
    blocks.end();
    blocks.done
}

#[derive(Default)]
struct Blocks {
    text: String,
    done: Vec<String>,
}

impl Blocks {
    /// Text of the page, where a line end is a space.
    fn say(&mut self, text: &str) {
        self.text.extend(text.chars().map(|sign| {
            if sign == '\n' || sign == '\r' {
                ' '
            } else {
                sign
            }
        }));
    }

    fn end(&mut self) {
        let lines = self
            .text
            .split('\n')
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            self.done.push(lines.join("\n"));
        }
        self.text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_they_are_seen() {
        let html = "<div>Menteri\n tiba.<p>Ia <b>pergi</b>, <a>kata</a> dia.<br>Kami tinggal.</p><script>x</script><ul><li>a<li>b</ul></div> c";
        assert_eq!(
            of_html(html),
            [
                "Menteri tiba.",
                "Ia pergi, kata dia.\nKami tinggal.",
                "a",
                "b",
                "c"
            ]
        );
    }
}
