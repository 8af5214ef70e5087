using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>
/// The package of a request to take one's data along: what art. 20 covers in <c>data.json</c>, what that file means in <c>schema.json</c>,
/// and in <c>index.html</c> what is in the package, what is not and why.
/// </summary>
internal sealed class PortablePackage(DataMapRegister map, GatheredParts parts, PackagePages pages, SiteLinks links) : IPackagedRight
{
    /// <inheritdoc/>
    public CaseKind Kind => CaseKind.Portability;

    /// <inheritdoc/>
    public bool IsOfEverything => false;

    /// <inheritdoc/>
    public IEnumerable<DataSet> Sets => PortableData.Of(map);

    /// <inheritdoc/>
    public DataSet Cover(DataSet set) => PortableData.Of(set);

    /// <inheritdoc/>
    public PersonalRecord? Cover(DataSet covered, PersonalRecord record, long number) => PortableData.Of(covered, record, number);

    /// <inheritdoc/>
    public IEnumerable<PackageEntry> EntriesOf(PackageSource source) =>
    [
        new("index.html", (entry, _) => pages.WriteAsync<PortablePage>(
            entry, new PortableModel(map, source, links.AskFor(CaseKind.Access.Name)))),
        new("data.json", (entry, cancellation) => PortableJson.WriteAsync(entry, map.Company, source, parts, cancellation)),
        new("schema.json", (entry, cancellation) =>
            PortableSchema.WriteAsync(entry, map.Company, source.Sets.Select(set => set.DataSet), cancellation)),
    ];

    /// <inheritdoc/>
    public PersonDraft Ready(CaseId reference, DateTimeOffset until, Uri link) => new PortableDataReady(reference, until, link);

    /// <inheritdoc/>
    public PersonDraft Gone(CaseId reference, DateTimeOffset until, Uri askAgain) => new PortableDataGone(reference, until, askAgain);
}

/// <summary>What <see cref="PortablePage"/> shows.</summary>
/// <param name="Map">Tells what is left out.</param>
/// <param name="Source">Tells what is in the package.</param>
/// <param name="AskForAll">Where to ask for a copy of everything.</param>
internal sealed record PortableModel(DataMapRegister Map, PackageSource Source, Uri AskForAll);
