using System.Globalization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Exports;

/// <summary>The mails about a package, whatever it holds.</summary>
internal static class ExportLetters
{
    public static Letter Code(CaseId id, string code, int minutes) => new(
        "Your code for the download",
        "This is the code that opens the download of your data:",
        new Block.Code(code),
        string.Create(CultureInfo.InvariantCulture, $"It works for {minutes} minutes. We never ask for it by telephone or mail."),
        "If you did not ask for a code, somebody else may have the link from our mail. "
            + "Do not pass the code on: the data stays closed without it.",
        LetterWords.Reference(id));
}
