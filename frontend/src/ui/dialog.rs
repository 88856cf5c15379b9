//! Dialogs, by the browser's own `<dialog>`: it traps the focus, closes by Escape and gives the focus back.

use crate::{
    i18n::{t, use_i18n},
    remote::Change,
    ui::{
        button::{Button, IconButton, Kind},
        failure::ChangeFailed,
        field::fresh_id,
        icon::Icon,
    },
};
use leptos::{html, prelude::*};

/// A dialog that is in the page only while it is open.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <Opened open title wide>{children.with_value(|children| children())}</Opened>
        </Show>
    }
}

#[component]
fn Opened(open: RwSignal<bool>, title: Signal<String>, wide: bool, children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    node.on_load(|dialog| {
        request_animation_frame(move || {
            // It fails only when the dialog is open already, or gone again.
            let _ = dialog.show_modal();
        });
    });
    let heading = fresh_id("dialog");
    let named_by = heading.clone();
    view! {
        <dialog node_ref=node class="dialog" class:wide=wide aria-labelledby=named_by on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=heading>{title}</h2>
                <IconButton icon=Icon::Close small=true label=say!(i18n, ui.close)
                    on:click=move |_| open.set(false) />
            </div>
            {children()}
        </dialog>
    }
}

/// Asks before something is destroyed: names it, says what follows, and does it.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] consequence: Signal<String>,
    #[prop(into)] action: Signal<String>,
    /// What the other button says; "cancel" unless that could be mistaken for the action.
    #[prop(optional, into)]
    keep: Option<Signal<String>>,
    #[prop(default = Kind::Danger)] kind: Kind,
    change: Change,
    on_confirm: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let keep = keep.unwrap_or_else(|| say!(i18n, ui.cancel));
    Effect::new(move || {
        if open.get() {
            change.failed.set(None);
        }
    });
    view! {
        <Dialog open title>
            <div class="dialog-body">
                <p>{consequence}</p>
                <ChangeFailed change />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{keep}</Button>
                <Button kind busy=change.busy on:click=move |_| on_confirm.run(())>{action}</Button>
            </div>
        </Dialog>
    }
}

/// The two buttons below a form in a dialog.
#[component]
pub fn FormFoot(open: RwSignal<bool>, change: Change) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="dialog-foot">
            <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
            <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, ui.save)}</Button>
        </div>
    }
}
