//! The part of Go's regular expressions that rules of a tunnel use: characters, escapes, `^`, `$`, groups and alternatives.

/// A parsed expression: alternatives, each a sequence.
#[derive(Debug)]
pub(crate) struct Expression(Vec<Vec<Piece>>);

#[derive(Debug)]
enum Piece {
    Character(char),
    Start,
    End,
    Group(Expression),
}

impl Expression {
    /// Parses an expression, and stops at what it does not know.
    pub(crate) fn parse(text: &str) -> Self {
        let mut rest = text.chars().peekable();
        let expression = Self::alternatives(&mut rest);
        assert!(rest.next().is_none(), "`{text}` closes a group that it did not open");
        expression
    }

    fn alternatives(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Self {
        let mut alternatives = vec![Vec::new()];
        while let Some(character) = rest.next_if(|character| *character != ')') {
            let piece = match character {
                '|' => {
                    alternatives.push(Vec::new());
                    continue;
                }
                '^' => Piece::Start,
                '$' => Piece::End,
                '(' => {
                    let group = Self::alternatives(rest);
                    assert_eq!(rest.next(), Some(')'), "a group is closed");
                    Piece::Group(group)
                }
                '\\' => {
                    let escaped = rest.next().expect("something is escaped");
                    assert!(escaped.is_ascii_punctuation(), "`\\{escaped}` is a class, which no rule has");
                    Piece::Character(escaped)
                }
                '.' | '*' | '+' | '?' | '[' | ']' | '{' | '}' => panic!("no rule has `{character}` in its expression"),
                plain => Piece::Character(plain),
            };
            alternatives.last_mut().expect("there is one from the start").push(piece);
        }
        Self(alternatives)
    }

    /// Whether the expression is found anywhere in a text.
    pub(crate) fn is_found_in(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        (0..=text.len()).any(|at| !self.ends(&text, at).is_empty())
    }

    /// Where the expression can end when it begins at `at`.
    fn ends(&self, text: &[char], at: usize) -> Vec<usize> {
        let of_sequence = |sequence: &Vec<Piece>| {
            sequence.iter().fold(vec![at], |places, piece| {
                places.into_iter().flat_map(|place| piece.ends(text, place)).collect::<Vec<_>>()
            })
        };
        self.0.iter().flat_map(of_sequence).collect()
    }
}

impl Piece {
    fn ends(&self, text: &[char], at: usize) -> Vec<usize> {
        match self {
            Self::Character(character) if text.get(at) == Some(character) => vec![at + 1],
            Self::Start if at == 0 => vec![at],
            Self::End if at == text.len() => vec![at],
            Self::Group(group) => group.ends(text, at),
            Self::Character(_) | Self::Start | Self::End => Vec::new(),
        }
    }
}
