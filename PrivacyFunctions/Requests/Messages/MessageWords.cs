using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>The words of messages, as they are taken in, named and logged.</summary>
internal static class MessageWords
{
    private const int NameDigits = 32;

    /// <summary>How long a message is.</summary>
    public static TextLimits Limits { get; } = new(1, 4000);

    /// <summary>A message as it is kept; null if it is too short or too long.</summary>
    public static string? Read(string typed)
    {
        var words = CardNumbers.Mask(FreeText.Read(typed)); // nobody needs a card number to answer (C-MINIMUM)
        return Limits.Of(words) is TextFit.Fits ? words : null;
    }

    /// <summary>The name of a message: the same for the same words that were sent once, and nobody can tell the words by it.</summary>
    /// <param name="people">Who has the key.</param>
    /// <param name="id">The case.</param>
    /// <param name="submission">The key by which a repetition is known.</param>
    /// <param name="by">Who wrote it, and what else tells it from the same words.</param>
    /// <param name="words">What they wrote.</param>
    public static string NameOf(People people, CaseId id, string submission, string by, string words) =>
        Convert.ToHexStringLower(people.Derive("message", $"{id}\n{submission}\n{by}\n{words}"))[..NameDigits];

    /// <summary>How the view of so many messages of the person is logged.</summary>
    public static string ViewOf(int messages) => FormattableString.Invariant($"messages: {messages}");

    /// <summary>How the view of a file is logged.</summary>
    public static string ViewOf(string message, int file) => FormattableString.Invariant($"attachment: {message}/{file}");
}
