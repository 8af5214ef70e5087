using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>A person's copy is not complete: the data map does not know all fields of a data set.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Set">The data set's title.</param>
/// <param name="Fields">How many fields it does not know.</param>
internal sealed record CopyLacksFields(CaseId? Reference, string Set, int Fields) : OfficerDraft(Reference);

/// <summary>A package is ready, and the mailbox is not that of the person who asked for it any more.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Right">What they asked for, as the operators' API calls it.</param>
internal sealed record CannotSendPackage(CaseId? Reference, string Right) : OfficerDraft(Reference);
