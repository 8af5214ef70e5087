using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.LegalHolds;

/// <summary>Holds are to be looked at again.</summary>
/// <param name="Holds">Those that are due.</param>
internal sealed record ReviewsDue(IReadOnlyList<Hold> Holds) : OfficerDraft;
