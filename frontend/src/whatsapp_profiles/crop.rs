//! The square on a canvas: dragged by a pointer, moved by the arrow keys, drawn and exported by the browser.

use super::model::Crop;
use crate::i18n::{t_string, use_i18n};
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlImageElement, Url};

/// Pixels of the canvas, drawn at half the size.
const SIDE: u32 = 640;
/// The part of the square one press of an arrow key moves.
const STEP: f64 = 0.04;

#[component]
pub fn Canvas(
    image: RwSignal<Option<HtmlImageElement>, LocalStorage>,
    square: RwSignal<Option<Crop>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        let (Some(canvas), Some(image), Some(square)) = (node.get(), image.get(), square.get()) else { return };
        draw(&canvas, &image, square, SIDE);
    });
    let update = move |right: f64, down: f64| {
        square.update(|square| *square = square.map(|square| square.moved(right, down)));
    };
    // Where the pointer was last while it is held down.
    let held = StoredValue::new(None::<(f64, f64)>);
    let dragged = move |x: f64, y: f64| {
        let Some((from_x, from_y)) = held.get_value() else { return };
        let side = f64::from(node.get_untracked().map_or(1, |canvas| canvas.offset_width().max(1)));
        held.set_value(Some((x, y)));
        // The picture follows the pointer, so the square goes the other way.
        update((from_x - x) / side, (from_y - y) / side);
    };
    view! {
        <canvas node_ref=node class="crop" width=SIDE height=SIDE tabindex="0" role="application"
            aria-label=move || t_string!(i18n, whatsapp_profiles.crop) aria-describedby="crop-help"
            on:pointerdown=move |event| {
                if let Some(canvas) = node.get_untracked() {
                    // Without it a drag that leaves the canvas ends there, and nothing worse.
                    let _ = canvas.set_pointer_capture(event.pointer_id());
                }
                held.set_value(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
            }
            on:pointermove=move |event| dragged(f64::from(event.client_x()), f64::from(event.client_y()))
            on:pointerup=move |_| held.set_value(None) on:pointercancel=move |_| held.set_value(None)
            on:keydown=move |event| {
                let (right, down) = match event.key().as_str() {
                    "ArrowLeft" => (-STEP, 0.0),
                    "ArrowRight" => (STEP, 0.0),
                    "ArrowUp" => (0.0, -STEP),
                    "ArrowDown" => (0.0, STEP),
                    _ => return,
                };
                event.prevent_default();
                update(right, down);
            }></canvas>
    }
}

/// The file as a picture the browser has decoded; none when it is no picture.
pub async fn load(file: &File) -> Option<HtmlImageElement> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    let decoded = JsFuture::from(image.decode()).await;
    // A decoded picture needs its address no more.
    let _ = Url::revoke_object_url(&address);
    decoded.ok().map(|_| image)
}

/// The square as a JPEG.
pub async fn export(image: &HtmlImageElement, square: Crop) -> Option<Blob> {
    let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    let side = square.output();
    canvas.set_width(side);
    canvas.set_height(side);
    draw(&canvas, image, square, side);
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let made = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let _ =
            canvas.to_blob_with_type_and_encoder_options(made.unchecked_ref(), "image/jpeg", &JsValue::from_f64(0.92));
    });
    JsFuture::from(promise).await.ok()?.dyn_into::<Blob>().ok()
}

fn draw(canvas: &HtmlCanvasElement, image: &HtmlImageElement, square: Crop, side: u32) {
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok()) else { return };
    let (left, top) = square.corner();
    let (from, to) = (square.side(), f64::from(side));
    // What is transparent becomes white: a JPEG knows no transparency and would make it black.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, to, to);
    // It fails only for a picture that could not be decoded, which is not drawn.
    let _ = context.draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        image, left, top, from, from, 0.0, 0.0, to, to,
    );
}
