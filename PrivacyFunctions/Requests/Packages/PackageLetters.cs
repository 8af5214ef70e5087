using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>A person's copy is not complete: the data map does not know all fields of a data set.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Set">The data set's title.</param>
/// <param name="Fields">How many fields it does not know.</param>
internal sealed record CopyLacksFields(CaseId? Reference, string Set, int Fields) : OfficerDraft(Reference);

/// <summary>A package is ready, and no mail brings the way to it to the person who asked for it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Right">What they asked for, as the operators' API calls it.</param>
/// <param name="MailboxChanged">Whether the mailbox may be somebody else's by now; if not, no mail reaches it.</param>
/// <param name="Until">Until when it is kept.</param>
internal sealed record CannotSendPackage(CaseId? Reference, string Right, bool MailboxChanged, DateOnly Until) : OfficerDraft(Reference);
