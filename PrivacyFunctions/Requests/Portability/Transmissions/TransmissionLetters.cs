using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// A person asked us to transmit their data to this controller. Whoever has the mailbox may be a stranger, so it says nothing of the person, and
/// nothing that they typed.
/// </summary>
/// <param name="Reference">The case.</param>
/// <param name="Until">Until when it can be downloaded, UTC.</param>
/// <param name="Link">Where.</param>
internal sealed record TransmissionOffered(CaseId Reference, DateTimeOffset Until, Uri Link) : RecipientDraft(Reference);

/// <summary>A controller has downloaded the package.</summary>
/// <param name="Reference">The case.</param>
/// <param name="AskedOn">When the person named it.</param>
/// <param name="HandedOverOn">When it downloaded the package first.</param>
/// <param name="Number">Which of those that the person named it is.</param>
/// <param name="Named">How many they have named.</param>
/// <param name="Company">What the person called it; null where that is not kept any more.</param>
internal sealed record TransmissionHandedOver(CaseId Reference, DateOnly AskedOn, DateOnly HandedOverOn, int Number, int Named, string? Company)
    : PersonDraft(Reference);

/// <summary>The package is deleted, and some of the controllers, or all, have not downloaded it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Missed">How many have not.</param>
/// <param name="Named">How many the person has named.</param>
/// <param name="Companies">What the person called those that have not; empty where that is not kept any more.</param>
/// <param name="Link">Where to ask again.</param>
internal sealed record TransmissionNotFetched(CaseId Reference, int Missed, int Named, IReadOnlyList<string> Companies, Uri Link) : PersonDraft(Reference);
