using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>The use of the person's data is restricted.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Ground">The code of the ground that they gave.</param>
internal sealed record RestrictionBegun(CaseId Reference, string Ground) : PersonDraft(Reference);

/// <summary>The restriction is going to be lifted (art. 18(3)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Reason">Why.</param>
/// <param name="On">The day on which it is lifted.</param>
internal sealed record RestrictionEnds(CaseId Reference, LiftReason Reason, DateOnly On) : PersonDraft(Reference);
