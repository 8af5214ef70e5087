using System.Globalization;
using System.Text;

namespace PrivacyFunctions.Requests.Messages.Model;

/// <summary>Which files a person can send with a message. What a file is, its bytes say, and neither its name nor whoever sent it. Pure.</summary>
public static class Attachments
{
    /// <summary>How many files come with a message.</summary>
    public const int Most = 3;

    /// <summary>How many megabytes a file can have.</summary>
    public const int MostMegabytes = 5;

    private const int LongestStem = 100;
    private const string Unnamed = "file";
    private const string OfPaths = "\"*:<>?|";

    /// <summary>What a file is; null if it is nothing that we take.</summary>
    public static AttachmentKind? KindOf(ReadOnlySpan<byte> content) =>
        Begins(content, "%PDF-") ? AttachmentKind.Pdf
        : Begins(content, "\u0089PNG\r\n\u001a\n") ? AttachmentKind.Png
        : Begins(content, "\u00ff\u00d8\u00ff") ? AttachmentKind.Jpeg
        : IsText(content) ? AttachmentKind.Text
        : null;

    /// <summary>
    /// A name under which a file can be kept and opened anywhere: without its folders, without what cannot be seen or turns the reading direction, not
    /// too long, and with an ending that says what the file is.
    /// </summary>
    /// <param name="typed">Its name where it came from.</param>
    /// <param name="kind">What it is.</param>
    public static string NameOf(string typed, AttachmentKind kind)
    {
        var name = NameOf(typed);
        var ending = kind.Endings.FirstOrDefault(each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase));
        return Cut(ending is null ? name : name[..^ending.Length]) + (ending ?? kind.Endings[0]);
    }

    /// <summary>The same of a file of which nobody knows what it is.</summary>
    public static string NameOf(string typed)
    {
        var name = new StringBuilder();
        foreach (var rune in typed[(Math.Max(typed.LastIndexOf('/'), typed.LastIndexOf('\\')) + 1)..].EnumerateRunes())
            if (IsShown(rune)) name.Append(rune.IsAscii && OfPaths.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
        return Cut(name.ToString().Trim('.', ' ')) is { Length: > 0 } some ? some : Unnamed;
    }

    // A letter for each byte.
    private static bool Begins(ReadOnlySpan<byte> content, string with)
    {
        if (content.Length < with.Length) return false;
        for (var place = 0; place < with.Length; place++)
            if (content[place] != with[place]) return false;
        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(content, out var rune, out var length) is not System.Buffers.OperationStatus.Done) return false;
            if (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r')) return false;
            content = content[length..];
        }

        return true;
    }

    private static bool IsShown(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Cut(string text)
    {
        if (text.Length <= LongestStem) return text;
        var length = char.IsHighSurrogate(text[LongestStem - 1]) ? LongestStem - 1 : LongestStem;
        return text[..length].TrimEnd('.', ' ');
    }
}

/// <summary>What we take.</summary>
public enum AttachmentKind
{
    /// <summary>A PDF document.</summary>
    Pdf,

    /// <summary>A PNG image.</summary>
    Png,

    /// <summary>A JPEG image.</summary>
    Jpeg,

    /// <summary>Plain text in UTF-8.</summary>
    Text,
}

/// <summary>What follows from what a file is.</summary>
public static class AttachmentKinds
{
    /// <summary>Of a PDF document.</summary>
    public const string Pdf = "application/pdf";

    /// <summary>Of a PNG image.</summary>
    public const string Png = "image/png";

    /// <summary>Of a JPEG image.</summary>
    public const string Jpeg = "image/jpeg";

    /// <summary>Of plain text.</summary>
    public const string Text = "text/plain; charset=utf-8";

    extension(AttachmentKind kind)
    {
        /// <summary>Its media type.</summary>
        public string MediaType => kind switch
        {
            AttachmentKind.Pdf => Pdf,
            AttachmentKind.Png => Png,
            AttachmentKind.Jpeg => Jpeg,
            _ => Text,
        };

        /// <summary>With what its name ends, the usual one first.</summary>
        public IReadOnlyList<string> Endings => kind switch
        {
            AttachmentKind.Pdf => new[] { ".pdf" },
            AttachmentKind.Png => new[] { ".png" },
            AttachmentKind.Jpeg => new[] { ".jpg", ".jpeg" },
            _ => new[] { ".txt" },
        };
    }
}
