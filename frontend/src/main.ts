// Everything works without this script; with it, forms save themselves, uploads show how far they are and questions are asked first.
import { addUp, canBeShown, countDown, guardForms, sendOnChange, warnOnLeaving } from "./forms";
import { autosave } from "./autosave";
import { closeMenus, copyButtons, wayOut } from "./page";
import { each } from "./elements";
import { forgetOld } from "./kept";
import { tally } from "./tally";
import { guardDevice } from "./offline/desk";
import { noteViewing } from "./viewing";
import { jumps, noteMoment, rendering, wake } from "./viewer";

guardDevice();
guardForms();
closeMenus();
copyButtons();
wayOut();
forgetOld();
jumps();
wake(document);
each("input[data-moment]", noteMoment);
each("[data-rendering]", rendering);
each("form[data-autosave]", autosave);
each("form[data-auto-submit]", sendOnChange);
each("[data-viewing]", noteViewing);
each("form[data-total]", addUp);
each("form[data-tally]", tally);
each("form.form:not([data-autosave])", warnOnLeaving);
each("textarea[maxlength], input[maxlength]", countDown);
each('input[type="password"]', canBeShown);

// Only pages with a slot for files pay for what sends them.
if (document.querySelector("form[data-upload]")) void import("./resumable").then(({ resumable }) => each("form[data-upload]", resumable));
