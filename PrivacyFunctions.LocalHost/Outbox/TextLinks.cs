using System.Text.RegularExpressions;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>A run of plain text, or a web address in it.</summary>
internal readonly record struct TextPiece(string Text, bool IsLink);

/// <summary>Finds the web addresses in a mail's plain text, so that a person can click them.</summary>
internal static partial class TextLinks
{
    /// <summary>The pieces in order; joined they are the text again.
    /// Punctuation that ends a sentence is not part of an address.</summary>
    public static IEnumerable<TextPiece> Split(string text)
    {
        var done = 0;
        foreach (Match match in WebAddress().Matches(text))
        {
            if (match.Index > done)
                yield return new TextPiece(text[done..match.Index], false);
            done = match.Index + match.Length;
            yield return new TextPiece(text[match.Index..done], true);
        }

        if (done < text.Length)
            yield return new TextPiece(text[done..], false);
    }

    [GeneratedRegex("""https?://[^\s<>"]*[^\s<>".,;:!?'()\[\]]""", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();
}
