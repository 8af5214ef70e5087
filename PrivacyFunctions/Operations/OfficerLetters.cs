using PrivacyFunctions.Domain;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Operations;

/// <summary>What the Data Protection Officer is told about the software's own troubles.</summary>
internal static class OfficerLetters
{
    public static Letter WorkflowFailed(CaseId id) => new(
        "A case has stopped and needs your attention",
        "The workflow of a case has failed and will not go on by itself. What it did so far stands in the case's record.",
        "Somebody who runs the software has to look at it before the case's due date.",
        LetterWords.Reference(id));
}
