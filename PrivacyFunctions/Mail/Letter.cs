using System.Text;
using System.Text.Encodings.Web;

namespace PrivacyFunctions.Mail;

/// <summary>
/// A mail as content: a subject and blocks. It is rendered as plain text and as simple HTML with the same words, without
/// remote images or tracking.
/// </summary>
internal sealed record Letter(string Subject, params IReadOnlyList<Block> Blocks)
{
    /// <summary>The same letter with one more block at its end.</summary>
    public Letter With(Block last) => this with { Blocks = [.. Blocks, last] };

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var block in Blocks)
            text.Append(block switch
            {
                Block.Paragraph paragraph => paragraph.Words,
                Block.Action action => $"{action.Label}:\n{action.Link.AbsoluteUri}",
                Block.Code code => $"    {code.Digits}",
                Block.WayOut way => $"--\n{way.Words}\n{way.Label}: {way.Link.AbsoluteUri}",
                _ => throw new NotSupportedException(),
            }).Append("\n\n");
        return text.ToString();
    }

    public string ToHtml()
    {
        var html = new StringBuilder($"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(Subject)}</title></head><body style="font:16px/1.5 sans-serif;max-width:36em;margin:1.5em auto;padding:0 1em">""");
        foreach (var block in Blocks)
            html.Append(block switch
            {
                Block.Paragraph paragraph => $"<p>{Encode(paragraph.Words)}</p>",
                Block.Action action =>
                    $"""<p><a href="{Encode(action.Link.AbsoluteUri)}" style="display:inline-block;padding:.6em 1.1em;background:#174ea6;color:#fff;border-radius:4px">{Encode(action.Label)}</a></p>""",
                Block.Code code =>
                    $"""<p style="font-size:1.8em;letter-spacing:.2em"><strong>{Encode(code.Digits)}</strong></p>""",
                Block.WayOut way =>
                    $"""<hr><p style="font-size:.9em">{Encode(way.Words)} """
                    + $"""<a href="{Encode(way.Link.AbsoluteUri)}">{Encode(way.Label)}</a></p>""",
                _ => throw new NotSupportedException(),
            });
        return html.Append("</body></html>").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>A part of a <see cref="Letter"/>.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    public sealed record Paragraph(string Words) : Block;

    /// <summary>A link shown as a button.</summary>
    public sealed record Action(string Label, Uri Link) : Block;

    /// <summary>A code to be typed in.</summary>
    public sealed record Code(string Digits) : Block;

    /// <summary>The way out of what the letter belongs to, at its end.</summary>
    public sealed record WayOut(string Words, string Label, Uri Link) : Block;

    public static implicit operator Block(string words) => new Paragraph(words);
}
