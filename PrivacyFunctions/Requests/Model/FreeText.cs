using System.Globalization;
using System.Text;

namespace PrivacyFunctions.Requests.Model;

/// <summary>How long a text may be that somebody writes, counted in characters as people count them.</summary>
/// <param name="Least">The fewest.</param>
/// <param name="Most">The most.</param>
public sealed record TextLimits(int Least, int Most)
{
    // One character may be put together of any number of parts; a row of a table is not.
    private const int MostBytes = 48 * 1024;

    /// <summary>How a text fits.</summary>
    public TextFit Of(string text)
    {
        var count = new StringInfo(text).LengthInTextElements;
        return count < Least ? TextFit.TooShort
            : count > Most || Encoding.UTF8.GetByteCount(text) > MostBytes ? TextFit.TooLong
            : TextFit.Fits;
    }
}

/// <summary>How a text fits its limits.</summary>
public enum TextFit
{
    /// <summary>It does.</summary>
    Fits,

    /// <summary>It is missing, or says too little.</summary>
    TooShort,

    /// <summary>It is too long.</summary>
    TooLong,
}

/// <summary>Texts that people write, as they are kept. Pure.</summary>
public static class FreeText
{
    /// <summary>The text with one mark for each new line, whatever the browser sent, and without other marks that nobody can see.</summary>
    public static string Read(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var letter in typed.ReplaceLineEndings("\n"))
            if (letter is '\n' or '\t' || !char.IsControl(letter)) text.Append(letter);
        return text.ToString().Trim();
    }

    /// <summary>Its paragraphs: in a letter each line is one.</summary>
    public static IReadOnlyList<string> Paragraphs(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
