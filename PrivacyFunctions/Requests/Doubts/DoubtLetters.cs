using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Doubts;

/// <summary>Asks the person what shows that the request is theirs, and says why we ask (GDPR art. 12(6); L9).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Words">What the kind of request is called.</param>
/// <param name="Ground">Why we doubt.</param>
/// <param name="Due">When the answer is due; null where that day is over.</param>
/// <param name="StopsClock">Whether the time for the answer does not count until the person has answered (L4).</param>
/// <param name="Link">Where the person answers.</param>
internal sealed record DoubtRaised(CaseId Reference, ProofWords Words, DoubtGround Ground, DateOnly? Due, bool StopsClock, Uri Link) : PersonDraft(Reference);

/// <summary>Tells that we could not identify the person, why, how to ask again and where to complain (GDPR art. 11(2), 12(2), 12(4)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Words">What the kind of request is called.</param>
/// <param name="Ground">Why we doubted.</param>
/// <param name="Stays">What this does not take back.</param>
/// <param name="Again">Where they can ask again.</param>
internal sealed record DoubtRemains(CaseId Reference, ProofWords Words, DoubtGround Ground, IReadOnlyList<string> Stays, Uri Again) : PersonDraft(Reference);
