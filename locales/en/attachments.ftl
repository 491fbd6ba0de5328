attachments-kind-video = a video
attachments-kind-audio = a sound recording
attachments-kind-picture = a picture
attachments-kind-document = a document
attachments-kind-slides = a set of slides
attachments-kind-game = an HTML game

attachments-refused-empty = The file “{ $name }” is empty (0 bytes). Please check it.
attachments-refused-broken = The file “{ $name }” is not whole: a part is missing. Please copy the original again and upload it.
attachments-refused-unknown-type = The file “{ $name }” is of no type that is taken here. The type is told by the content, not by the name.
attachments-refused-other-type-than-name = The file “{ $name }” ends in .{ $ending } but its content is { $is }. Please give it its right ending (.{ $right }) or choose another file.
attachments-refused-kind = The file “{ $name }” is { $is }; this place does not take that.
attachments-refused-size = The file “{ $name }” is too large: this place takes files of up to { $max } MB.
attachments-refused-minutes = The file “{ $name }” is { $minutes } minutes long; this place takes up to { $max } minutes.
attachments-refused-count = This place already has { $max } files. Remove one and upload again.
attachments-refused-cut-off = The connection broke off, so the file did not arrive whole. Nothing was stored; please upload it again.
attachments-refused-no-file = No file was chosen.
attachments-refused-disk-full = The server has no room for files at the moment. Nothing was stored; please try again later.
