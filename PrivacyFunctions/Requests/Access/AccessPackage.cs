using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// The package of an access request: all that the map tells of, in a readable <c>index.html</c> (GDPR art. 15(1) and (2)) and the same in
/// <c>data.json</c>.
/// </summary>
internal sealed class AccessPackage(DataMapRegister map, GatheredParts parts, AnswerPage page) : IPackagedRight
{
    /// <inheritdoc/>
    public CaseKind Kind => CaseKind.Access;

    /// <inheritdoc/>
    public bool IsOfEverything => true;

    /// <inheritdoc/>
    public IEnumerable<DataSet> Sets => map.Told;

    /// <inheritdoc/>
    public DataSet Cover(DataSet set) => set;

    /// <inheritdoc/>
    public PersonalRecord Cover(DataSet covered, PersonalRecord record, long number) => record;

    /// <inheritdoc/>
    public IEnumerable<PackageEntry> EntriesOf(PackageSource source) =>
    [
        new("index.html", (entry, cancellation) => page.WriteAsync(entry, source, parts, cancellation)),
        new("data.json", (entry, cancellation) => AnswerJson.WriteAsync(entry, map, source, parts, cancellation)),
    ];

    /// <inheritdoc/>
    public PersonDraft Ready(CaseId reference, DateTimeOffset until, Uri link) => new DataReady(reference, until, link);

    /// <inheritdoc/>
    public PersonDraft Gone(CaseId reference, DateTimeOffset until, Uri askAgain) => new DataGone(reference, until, askAgain);
}
