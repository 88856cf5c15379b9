//! The frequent questions: a menu, an answer, the menu again. Anything else leads to attendance.

use super::{
    Effect, Stage,
    inbound::Heard,
    menu::{self, Entry},
    run::Run,
    taps::{self, Tap},
    understand,
};
use types::chatbots::FaqQuestion;

#[derive(Clone, Copy)]
enum Item<'a> {
    /// A question, and its label without the blanks around it.
    Question(&'a FaqQuestion, &'a str),
    /// The button that leads to attendance, by its label.
    Attendance(&'a str),
}

impl Entry for Item<'_> {
    fn id(&self) -> String {
        match self {
            Self::Question(_, label) => taps::question(label),
            Self::Attendance(_) => taps::ATTENDANCE.to_owned(),
        }
    }

    fn label(&self) -> &str {
        match self {
            Self::Question(_, label) | Self::Attendance(label) => label,
        }
    }

    fn question(&self) -> &str {
        match self {
            Self::Question(question, _) => &question.question,
            Self::Attendance(_) => "",
        }
    }
}

impl<'a> Run<'a> {
    /// Show the questions, if there are any.
    pub(super) fn offer_questions(&mut self) -> bool {
        let questions = self.questions();
        if questions.is_empty() {
            return false;
        }
        self.show_questions(&questions, 0);
        true
    }

    /// A question of the menu, or of an older one; anything else leads to attendance.
    pub(super) fn chooses_question(&mut self, heard: &Heard<'_>) {
        let questions = self.questions();
        if questions.is_empty() {
            return self.attend(None);
        }
        let page = match self.state.stage {
            Stage::Faq { page } => page,
            Stage::Idle
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::SurveyInvited { .. }
            | Stage::Surveyed { .. }
            | Stage::OfferedCallback
            | Stage::ToldAvailable => 0,
        };
        let chosen = match heard.tap {
            Some(Tap::MoreQuestions(page)) => return self.show_questions(&questions, page),
            Some(Tap::Question(small)) => {
                let named = |question: &&Item<'_>| match question {
                    Item::Question(_, label) => taps::is_named(label, small),
                    Item::Attendance(_) => false,
                };
                match questions.iter().find(named) {
                    Some(question) => Some(*question),
                    // It was taken out since: these are there now.
                    None => return self.show_questions(&questions, 0),
                }
            }
            _ => menu::pick(&questions, heard.said).and_then(|place| questions.get(place).copied()),
        };
        match chosen {
            Some(Item::Question(question, _)) => {
                let answer = self.text(true, &question.answer);
                self.send(answer);
                self.show_questions(&questions, 0);
            }
            None if menu::pages(questions.len()) > 1 && understand::same(heard.said, self.words().more_options) => {
                self.show_questions(&questions, page.saturating_add(1));
            }
            Some(Item::Attendance(_)) | None => self.attend(None),
        }
    }

    fn show_questions(&mut self, questions: &[Item<'_>], page: u8) {
        let words = self.words();
        let body = self.body(&self.settings.chatbot.faq.intro, words.choose);
        self.effect(Effect::Send(menu::show(words, questions, page, "faq", body)));
        self.go(Stage::Faq { page });
    }

    pub(super) fn has_questions(&self) -> bool {
        !self.questions().is_empty()
    }

    /// The menu; empty when there is none.
    fn questions(&self) -> Vec<Item<'a>> {
        let faq = &self.settings.chatbot.faq;
        let mut questions: Vec<Item<'a>> = Vec::new();
        if !faq.on {
            return questions;
        }
        questions.reserve(faq.questions.len() + 1);
        for question in &faq.questions {
            let label = question.label.trim();
            // The settings' check allows neither; a menu with them would be refused.
            let repeated = || questions.iter().any(|known| taps::same_name(known.label(), label));
            if !label.is_empty() && !repeated() {
                questions.push(Item::Question(question, label));
            }
        }
        if faq.attendance_button.on && !questions.is_empty() {
            let label = faq.attendance_button.label.trim();
            questions.push(Item::Attendance(if label.is_empty() { self.words().attendance } else { label }));
        }
        questions
    }
}
