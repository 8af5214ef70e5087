using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Access;

/// <summary>The answer to an access request can be fetched.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="Link">Where.</param>
internal sealed record DataReady(CaseId Reference, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);

/// <summary>It could be fetched, but no mail went out until it had to be deleted.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Until">Until when it could, UTC.</param>
/// <param name="Link">Where to ask again.</param>
internal sealed record DataGone(CaseId Reference, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);
