using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>A person's copy is not complete: the data map does not know all fields of a data set.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Set">The data set's title.</param>
/// <param name="Fields">How many fields it does not know.</param>
internal sealed record CopyLacksFields(CaseId? Reference, string Set, int Fields) : OfficerDraft(Reference);
