using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Texts;

/// <summary>
/// What a text says, in its parts: an empty line stands between two. A value adds none, whatever is in it: while a text is put together,
/// values are encoded, and so they hold no line break and none of the marks that say what is a button.
/// </summary>
internal static partial class WrittenText
{
    private const char ButtonMark = '\u0001';
    private const char CodeMark = '\u0002';
    private const char Between = '\u0003';
    private const char LinkMark = '\u0004';

    /// <summary>Encodes a value for as long as the text is put together.</summary>
    public static HtmlEncoder Values => HtmlEncoder.Default;

    /// <summary>A link as a button, to stand alone in its paragraph.</summary>
    public static string Button(string label, string link) =>
        $"{ButtonMark}{Values.Encode(label)}{Between}{Values.Encode(link)}";

    /// <summary>A link that is no button, to stand alone in its paragraph.</summary>
    public static string Link(string label, string link) => $"{LinkMark}{Values.Encode(label)}{Between}{Values.Encode(link)}";

    /// <summary>A code to be typed in, to stand alone in its paragraph.</summary>
    public static string Code(string digits) => $"{CodeMark}{Values.Encode(digits)}";

    /// <summary>The parts of a text in their order.</summary>
    /// <exception cref="FormatException">A button, a link or a code does not stand alone.</exception>
    public static IReadOnlyList<TextPart> Parts(string written) =>
    [
        .. from part in EmptyLines().Split(written)
           let words = Blanks().Replace(part, " ").Trim()
           where words.Length > 0
           select Read(words),
    ];

    /// <summary>A text's first part, which is its title, and what is left of it, to be put into another text.</summary>
    /// <exception cref="FormatException">It begins with no words.</exception>
    public static (string Title, string Body) Split(string written) =>
        EmptyLines().Split(written.TrimStart(), 2) is [var first, var rest] && Parts(first) is [TextPart.Paragraph { Words: var title }]
            ? (title, rest)
            : throw new FormatException("A text has to begin with a title.");

    private static TextPart Read(string words)
    {
        if (words.LastIndexOfAny([ButtonMark, CodeMark, LinkMark]) > 0) throw new FormatException("A button, a link or a code has to stand alone.");
        return words[0] switch
        {
            ButtonMark when words[1..].Split(Between) is [var label, var link] => new TextPart.Button(Decode(label), new(Decode(link))),
            LinkMark when words[1..].Split(Between) is [var label, var link] => new TextPart.PlainLink(Decode(label), new(Decode(link))),
            CodeMark => new TextPart.Code(Decode(words[1..])),
            _ => new TextPart.Paragraph(Decode(words)),
        };
    }

    // Decoded, a value may be of several lines again, which a mail would show as paragraphs of ours.
    private static string Decode(string words) => Controls().Replace(WebUtility.HtmlDecode(words), " ");

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" *[\p{Cc}\u2028\u2029]+ *")]
    private static partial Regex Controls();
}

/// <summary>A part of a text.</summary>
internal abstract record TextPart
{
    private TextPart()
    {
    }

    public sealed record Paragraph(string Words) : TextPart;

    public sealed record Button(string Label, Uri Link) : TextPart;

    public sealed record PlainLink(string Label, Uri To) : TextPart;

    public sealed record Code(string Digits) : TextPart;
}
