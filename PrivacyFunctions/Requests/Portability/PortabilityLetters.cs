using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>The data to take along can be fetched.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="Link">Where.</param>
internal sealed record PortableDataReady(CaseId Reference, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);

/// <summary>It could be fetched, but no mail went out until it had to be deleted.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Until">Until when it could, UTC.</param>
/// <param name="Link">Where to ask again.</param>
internal sealed record PortableDataGone(CaseId Reference, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);
