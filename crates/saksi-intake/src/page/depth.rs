//! What a page would cost those who make a tree of it, counted before it is made.
//!
//! Parsers look through the elements that stand open at each one that begins, and open the bold and the slanted ones again in each paragraph: a page of two
//! megabytes can cost minutes and gigabytes. Whatever recurses needs a stack for the deepest.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, ParseError, TagKind, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink,
};
use html5ever::{Attribute, ExpandedName, QualName, TokenizerResult, local_name, ns};

use crate::Error;

/// Elements within elements at most, as in browsers.
const DEEPEST: usize = 512;

/// Elements at most; a long page of news has five thousand.
const MOST: usize = 50_000;

/// Sum of the depths of all elements at most; that of a long page of news is a twentieth of it.
const MOST_WORK: usize = 4_000_000;

/// Attributes of one element at most: parsers compare each with all before it.
const MOST_ATTRIBUTES: usize = 1024;

/// Bytes that are handed to the parser at once at most; as many can't hold too many attributes by themselves.
const PIECE: usize = 1024;

/// Fails where a page is nested too deeply, or has too many elements. It is taken apart as those do who make a tree of it, but no tree is kept.
pub(crate) fn check(html: &str) -> Result<(), Error> {
    run(
        html,
        TreeBuilder::new(Counter::default(), TreeBuilderOpts::default()),
    )
}

/// The same for a part of a page.
pub(crate) fn check_fragment(html: &str) -> Result<(), Error> {
    let body = Node::new(QualName::new(None, ns!(html), local_name!("body")), 0);
    let builder =
        TreeBuilder::new_for_fragment(Counter::default(), body, None, TreeBuilderOpts::default());
    run(html, builder)
}

fn run(html: &str, builder: TreeBuilder<Node, Counter>) -> Result<(), Error> {
    let tokens = Tokens {
        builder,
        tags: Cell::new(0),
        spoke: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(tokens, TokenizerOpts::default());
    let tokens = &tokenizer.sink;
    let input = BufferQueue::default();
    let mut open = None;
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(piece(rest));
        rest = after;
        open.iter_mut()
            .try_for_each(|tag: &mut OpenTag| tag.read(piece))?;
        input.push_back(StrTendril::from_slice(piece));
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        if let Some(error) = tokens.builder.sink.error.take() {
            return Err(error);
        }
        // What was read came out, so that no tag is open; the text before one may come out as late as with its `<`.
        if tokens.spoke.take() {
            open = None;
        }
        if piece == "<" && open.is_none() {
            open = Some(OpenTag::default());
        }
    }
    Ok(())
}

/// The bytes up to which a text is handed over: a `<` by itself, else up to the next one or behind a `>`.
fn piece(text: &str) -> usize {
    if text.starts_with('<') {
        return 1;
    }
    let end = text.floor_char_boundary(PIECE);
    let start = text.get(..end).unwrap_or(text);
    match start.find(['<', '>']) {
        Some(at) if start.get(at..).is_some_and(|sign| sign.starts_with('>')) => at + 1,
        Some(at) => at,
        None => end,
    }
}

/// A tag that has no end yet, if it is one.
#[derive(Debug, Default)]
struct OpenTag {
    within: Within,
    attributes: usize,
}

/// Where in a tag something stands.
#[derive(Debug, Clone, Copy, Default)]
enum Within {
    /// Behind its `<`.
    #[default]
    Opening,
    /// No tag: a comment or the like.
    Other,
    Name,
    Between,
    Attribute,
    AfterAttribute,
    BeforeValue,
    Quoted(char),
    Unquoted,
}

impl OpenTag {
    fn read(&mut self, piece: &str) -> Result<(), Error> {
        for sign in piece.chars() {
            let space = sign.is_ascii_whitespace();
            let next = match (self.within, sign) {
                (Within::Opening, '/') => Within::Opening,
                (Within::Opening, _) if sign.is_ascii_alphabetic() => Within::Name,
                (Within::Opening | Within::Other, _) => Within::Other,
                (Within::Quoted(mark), _) if mark == sign => Within::Between,
                (Within::BeforeValue, '"' | '\'') => Within::Quoted(sign),
                (Within::BeforeValue, _) if !space => Within::Unquoted,
                (Within::Attribute | Within::AfterAttribute, '=') => Within::BeforeValue,
                (Within::Name | Within::Attribute | Within::AfterAttribute, '/') => Within::Between,
                (Within::Attribute, _) if space => Within::AfterAttribute,
                (Within::Name | Within::Unquoted, _) if space => Within::Between,
                (Within::Between | Within::AfterAttribute, _) if !space && sign != '/' => {
                    self.attributes += 1;
                    Within::Attribute
                }
                (within, _) => within,
            };
            self.within = next;
        }
        if self.attributes > MOST_ATTRIBUTES {
            return Err(Error::Elements(MOST));
        }
        Ok(())
    }
}

/// Counts tags on their way from the tokenizer.
struct Tokens {
    builder: TreeBuilder<Node, Counter>,
    tags: Cell<usize>,
    /// Whether anything came.
    spoke: Cell<bool>,
}

impl TokenSink for Tokens {
    type Handle = Node;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Node> {
        let counter = &self.builder.sink;
        if matches!(token, ParseError(_)) || counter.failed() {
            return TokenSinkResult::Continue;
        }
        self.spoke.set(true);
        if let TagToken(tag) = &token {
            self.tags.set(self.tags.get() + 1);
            // What begins is counted when it is put into its place.
            if tag.kind == TagKind::EndTag {
                counter.spend(counter.load.get());
            }
            if self.tags.get() > 2 * MOST {
                counter.fail(Error::Elements(MOST));
            }
        }
        self.builder.process_token(token, line)
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What is known of an element.
#[derive(Debug, Clone)]
struct Node(Rc<Known>);

#[derive(Debug)]
struct Known {
    name: QualName,
    /// What it costs to look at it.
    weight: usize,
    depth: Cell<usize>,
    /// The weights of it and of what it stands in.
    load: Cell<usize>,
}

impl Node {
    fn new(name: QualName, attributes: usize) -> Self {
        Self(Rc::new(Known {
            name,
            weight: 1 + attributes / 8,
            depth: Cell::new(0),
            load: Cell::new(0),
        }))
    }

    /// What has no name: the page itself, comments.
    fn nameless() -> Self {
        Self::new(QualName::new(None, ns!(), local_name!("")), 0)
    }
}

/// Makes no tree, but knows how deep it would be.
#[derive(Debug, Default)]
struct Counter {
    made: Cell<usize>,
    merged: Cell<usize>,
    work: Cell<usize>,
    /// The load of the last element that was put into its place.
    load: Cell<usize>,
    error: RefCell<Option<Error>>,
}

impl Counter {
    fn failed(&self) -> bool {
        self.error.borrow().is_some()
    }

    fn fail(&self, error: Error) {
        self.error.borrow_mut().get_or_insert(error);
    }

    fn spend(&self, work: usize) {
        self.work.set(self.work.get() + work);
        if self.work.get() > MOST_WORK {
            self.fail(Error::Elements(MOST));
        }
    }

    fn put(&self, parent: &Node, child: NodeOrText<Node>) {
        let NodeOrText::AppendNode(Node(child)) = child else {
            return;
        };
        child.depth.set(parent.0.depth.get() + 1);
        child.load.set(parent.0.load.get() + child.weight);
        self.load.set(child.load.get());
        self.spend(child.load.get());
        if child.depth.get() > DEEPEST {
            self.fail(Error::Nested(DEEPEST));
        }
    }
}

impl TreeSink for Counter {
    type Handle = Node;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Node {
        Node::nameless()
    }

    fn elem_name<'a>(&'a self, node: &'a Node) -> ExpandedName<'a> {
        node.0.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Node {
        self.made.set(self.made.get() + 1);
        if self.made.get() > 2 * MOST {
            self.fail(Error::Elements(MOST));
        }
        Node::new(name, attributes.len())
    }

    fn create_comment(&self, _: StrTendril) -> Node {
        Node::nameless()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Node {
        Node::nameless()
    }

    fn append(&self, parent: &Node, child: NodeOrText<Node>) {
        self.put(parent, child);
    }

    /// What does not belong into a table stands before it, but what looks for the elements that are open comes by the table.
    fn append_based_on_parent_node(&self, element: &Node, _: &Node, child: NodeOrText<Node>) {
        self.put(element, child);
    }

    fn append_before_sibling(&self, sibling: &Node, child: NodeOrText<Node>) {
        self.put(sibling, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, template: &Node) -> Node {
        template.clone()
    }

    fn same_node(&self, one: &Node, other: &Node) -> bool {
        Rc::ptr_eq(&one.0, &other.0)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    /// A second `<html>` or `<body>` gives its attributes to the first.
    fn add_attrs_if_missing(&self, _: &Node, attributes: Vec<Attribute>) {
        self.merged.set(self.merged.get() + attributes.len());
        if self.merged.get() > MOST_ATTRIBUTES {
            self.fail(Error::Elements(MOST));
        }
    }

    fn remove_from_parent(&self, _: &Node) {}

    fn reparent_children(&self, _: &Node, _: &Node) {}
}

/// The page with each `<` that opens nothing as text. Parsers keep a complaint for each of them.
pub(crate) fn mended(html: &str) -> Cow<'_, str> {
    let opens = |after: &str| {
        after.starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!?".contains(sign))
    };
    let mut pieces = html.split('<');
    let mut mended = pieces.next().unwrap_or_default().to_owned();
    let mut changed = false;
    for piece in pieces {
        changed |= !opens(piece);
        mended.push_str(if opens(piece) { "<" } else { "&lt;" });
        mended.push_str(piece);
    }
    if changed {
        Cow::Owned(mended)
    } else {
        Cow::Borrowed(html)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    fn depth_is_seen_through_false_ends() {
        for unit in ["<div>", "<div></x>", "<b><i>", "<DIV x='1'>", "<x-y>"] {
            assert_eq!(
                check(&unit.repeat(2000)),
                Err(Error::Nested(DEEPEST)),
                "{unit}"
            );
        }
    }

    #[test]
    fn depth_is_seen_as_parsers_see_it() {
        for (before, unit) in [
            ("<!-->", "<div>"),
            ("<!--->", "<div>"),
            ("<!-- --!>", "<div>"),
            ("<a title='<!--'>", "<div>"),
            ("<svg><style>", "<g>"),
            ("<math><title>", "<mrow>"),
            ("<svg><![CDATA[<style>]]>", "<g>"),
            ("<title></title x>", "<div>"),
            ("", "<div><object></div></object>"),
            ("", "<div><template></div></template>"),
            ("<table>", "<table><tr><td>"),
            ("", "<font color=a><p></font>"),
        ] {
            let page = format!("{before}{}", unit.repeat(2000));
            for result in [check(&page), check_fragment(&page)] {
                let deep = matches!(result, Err(Error::Nested(_)));
                assert_eq!(deep, is_deep(&page), "{before}{unit}");
            }
        }
        // A page of frames has no other elements, a part of a page has no frames.
        let page = format!("<frameset>{}", "<div>".repeat(2000));
        assert_eq!(check(&page), Ok(()));
        assert_eq!(check_fragment(&page), Err(Error::Nested(DEEPEST)));
    }

    fn is_deep(page: &str) -> bool {
        let page = scraper::Html::parse_document(page);
        page.tree
            .nodes()
            .any(|node| node.ancestors().count() > DEEPEST)
    }

    #[test]
    fn what_is_no_markup_counts_nothing() {
        let deep = "<div>".repeat(2000);
        for page in [
            format!("<!--{deep}-->"),
            format!("<a title=\"{deep}\">"),
            format!("<script>{deep}</script>"),
            format!("<script><!--<script>{deep}</script>{deep}--></script>"),
            format!("<xmp>{deep}"),
            format!("<plaintext>{deep}"),
            format!("<p title='{}'>", "word ".repeat(20_000)),
            format!("<!-- <a {} -->", "word ".repeat(20_000)),
            format!("<script>a <b {}</script>", "word ".repeat(20_000)),
        ] {
            assert_eq!((check(&page), check_fragment(&page)), (Ok(()), Ok(())));
        }
    }

    #[test]
    fn attributes_are_counted() {
        let mut many = String::new();
        let mut bodies = String::new();
        for number in 0..2000 {
            let _ = write!(many, " a{number}=''");
            let _ = write!(bodies, "<body a{number}>");
        }
        for page in [
            format!("<p{many}>"),
            format!("</p{many}"),
            format!("a &am<p{many}>"),
            format!("<p title='>' {many}"),
            format!("<p{many}").replace(' ', "/"),
            bodies,
        ] {
            assert_eq!(check(&page), Err(Error::Elements(MOST)));
        }
    }

    #[test]
    fn what_has_no_end_does_not_hang() {
        for unit in [
            "<xmp>",
            "</x",
            "<!-",
            "<a b=\"",
            "<svg><xmp>",
            "&amp",
            "<![CDATA[",
        ] {
            let page = unit.repeat(super::super::LONGEST / 8 / unit.len());
            let _ = (check(&page), check_fragment(&page));
        }
    }

    #[test]
    fn what_would_take_long_is_refused() {
        let mut bold = String::new();
        for number in 0..400 {
            let _ = write!(bold, "<b a={number}><p>a");
        }
        for page in [
            "<p>a".repeat(200_000),
            format!("{}{}", "<div>".repeat(400), "<p>a".repeat(20_000)),
            format!("{bold}{}", "<p>a".repeat(20_000)),
        ] {
            assert_eq!(check(&page), Err(Error::Elements(MOST)));
        }
    }

    #[test]
    fn signs_that_open_nothing_are_text() {
        assert_eq!(
            mended("a < b <p>c</p> <!-- x --> <<i>3<4"),
            "a &lt; b <p>c</p> <!-- x --> &lt;<i>3&lt;4"
        );
        assert!(matches!(mended("<p>a"), Cow::Borrowed(_)));
    }

    #[test]
    fn pages_are_not_deep() {
        for unit in [
            "<p>a",
            "<br>",
            "<div><p>a</div>",
            "<script>'<div>'</script>",
            "<!-- <div> -->",
            "<table><tr><td>a<tr><td>b</table>",
            "a < b",
        ] {
            assert_eq!(check(&unit.repeat(3000)), Ok(()), "{unit}");
        }
        // The longest of pages, in a frame of many elements.
        let page = format!("{}{}", "<div>".repeat(30), "<p>a</p>".repeat(49_000));
        assert_eq!(check(&page), Ok(()));
    }
}
