using System.Text;
using System.Text.Encodings.Web;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Mail;

/// <summary>
/// A mail as content: a subject and parts. It is rendered as plain text and as simple HTML with the same words, without
/// remote images or tracking.
/// </summary>
internal sealed record Letter(string Subject, IReadOnlyList<TextPart> Parts)
{
    /// <summary>The language of its words, as BCP 47 writes it.</summary>
    public string Language { get; init; } = Texts.Language.English;

    /// <summary>The way out of what it belongs to, at its end.</summary>
    public WayOut? End { get; init; }

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
            text.Append(part switch
            {
                TextPart.Paragraph paragraph => paragraph.Words,
                TextPart.Button button => $"{button.Label}:\n{button.Link.AbsoluteUri}",
                TextPart.PlainLink link => $"{link.Label}:\n{link.To.AbsoluteUri}",
                TextPart.Code code => $"    {code.Digits}",
                _ => throw new NotSupportedException(),
            }).Append("\n\n");
        if (End is { } way) text.Append($"--\n{way.Words}\n{way.Label}: {way.Link.AbsoluteUri}\n\n");
        return text.ToString();
    }

    public string ToHtml()
    {
        var html = new StringBuilder($"""<!doctype html><html lang="{Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(Subject)}</title></head><body style="font:16px/1.5 sans-serif;max-width:36em;margin:1.5em auto;padding:0 1em">""");
        foreach (var part in Parts)
            html.Append(part switch
            {
                TextPart.Paragraph paragraph => $"<p>{Encode(paragraph.Words)}</p>",
                TextPart.Button button =>
                    $"""<p><a href="{Encode(button.Link.AbsoluteUri)}" style="display:inline-block;padding:.6em 1.1em;background:#174ea6;color:#fff;border-radius:4px">{Encode(button.Label)}</a></p>""",
                TextPart.PlainLink link => $"""<p><a href="{Encode(link.To.AbsoluteUri)}">{Encode(link.Label)}</a></p>""",
                TextPart.Code code =>
                    $"""<p style="font-size:1.8em;letter-spacing:.2em"><strong>{Encode(code.Digits)}</strong></p>""",
                _ => throw new NotSupportedException(),
            });
        if (End is { } way)
            html.Append(
                $"""<hr><p style="font-size:.9em">{Encode(way.Words)} <a href="{Encode(way.Link.AbsoluteUri)}">{Encode(way.Label)}</a></p>""");
        return html.Append("</body></html>").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>The way out of what a letter belongs to.</summary>
internal sealed record WayOut(string Words, string Label, Uri Link);
