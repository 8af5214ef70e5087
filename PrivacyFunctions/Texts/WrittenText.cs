using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Texts;

/// <summary>
/// What a text says, in its parts: an empty line stands between two. A value adds none, whatever is in it: while a text is put together,
/// values are encoded, and so they hold no line break and none of the marks that say what is a button or a link.
/// </summary>
internal static partial class WrittenText
{
    private const char Between = '\u0003';
    private const char End = '\u0006';

    /// <summary>Encodes a value for as long as the text is put together.</summary>
    public static HtmlEncoder Values => HtmlEncoder.Default;

    /// <summary>Words that are more than words.</summary>
    /// <param name="mark">What they are.</param>
    /// <param name="words">The words.</param>
    /// <param name="link">Where they lead, if they do; of a time, what programs read.</param>
    public static string Marked(TextMark mark, string words, string? link = null) =>
        $"{(char)mark}{Values.Encode(words)}{(link is null ? "" : $"{Between}{Values.Encode(link)}")}{End}";

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

    /// <summary>A sentence in its runs: words, and words that are more than words.</summary>
    public static IReadOnlyList<TextRun> Runs(string written)
    {
        var runs = new List<TextRun>();
        var at = 0;
        foreach (Match marked in MarkedWords().Matches(written))
        {
            AddWordsUntil(marked.Index);
            runs.Add(new((TextMark)marked.Value[0], Decode(marked.Groups["words"].Value), marked.Groups["link"] is { Success: true, Value: var link } ? Decode(link) : null));
            at = marked.Index + marked.Length;
        }

        AddWordsUntil(written.Length);
        return runs;

        void AddWordsUntil(int end)
        {
            if (end > at) runs.Add(new(TextMark.None, Decode(written[at..end])));
        }
    }

    private static TextPart Read(string words) => Runs(words) switch
    {
        [{ Mark: TextMark.None } run] => new TextPart.Paragraph(run.Words),
        [{ Mark: TextMark.Button, Link: { } link } run] => new TextPart.Button(run.Words, new(link)),
        [{ Mark: TextMark.Link, Link: { } link } run] => new TextPart.PlainLink(run.Words, new(link)),
        [{ Mark: TextMark.Code } run] => new TextPart.Code(run.Words),
        _ => throw new FormatException("A button, a link or a code has to stand alone."),
    };

    // Decoded, a value may be of several lines again, which a mail would show as paragraphs of ours.
    private static string Decode(string words) => Controls().Replace(WebUtility.HtmlDecode(words), " ");

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" *[\p{Cc}\u2028\u2029]+ *")]
    private static partial Regex Controls();

    [GeneratedRegex(@"[\u0001\u0002\u0004\u0005\u0007](?<words>[^\u0003\u0006]*)(\u0003(?<link>[^\u0006]*))?\u0006")]
    private static partial Regex MarkedWords();
}

/// <summary>What words can be besides words. The number is the character that stands before them while a text is put together.</summary>
internal enum TextMark
{
    None,
    Button = '\u0001',
    Code = '\u0002',
    Link = '\u0004',
    Strong = '\u0005',
    Time = '\u0007',
}

/// <summary>Some words of a sentence.</summary>
/// <param name="Mark">What they are.</param>
/// <param name="Words">The words.</param>
/// <param name="Link">Where they lead, if they do; of a time, what programs read.</param>
internal readonly record struct TextRun(TextMark Mark, string Words, string? Link = null);

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
