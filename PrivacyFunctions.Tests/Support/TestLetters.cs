using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Tests.Support;

/// <summary>Letters for tests.</summary>
internal static class TestLetters
{
    /// <summary>Writes as the app does for its sample company.</summary>
    public static LetterWriter Writer { get; } = new(
        DataMapRegister.LoadEmbedded(), id => new($"https://privacy.example.com/requests/case/of-{id}"));
}
