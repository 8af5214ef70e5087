using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Packages;

/// <summary>An answer leaves out no data set that its right covers, and once it is made no other one is.</summary>
[Clause("R-ACCESS")]
public class ListDataSetsTests
{
    [Fact]
    public async Task Sets_OfAConfirmedRequest_AreAllThatTheMapTellsOf()
    {
        var ofTheCompany = MapFile.Parse()["systems"]!.AsArray().SelectMany(system => system!["dataSets"]!.AsArray())
            .Where(set => (string?)set!["role"] == "controller" && set["notGathered"] is null)
            .Select(set => (string)set!["id"]!);
        Assert.Equal(ofTheCompany.Concat(["cases", "corrections", "holds", "recipient-notices", "statements", "suppressions", "transmissions"]).Order(), await OfConfirmedAsync(AccessRequest.New));
    }

    [Fact]
    [Clause("R-PORT")]
    public async Task Sets_OfAConfirmedRequestToTakeDataAlong_AreThoseOfWhichAnythingMayLeave() => Assert.Equal(
        PortableData.Of(DataMapRegister.LoadEmbedded()).Select(set => set.Id.Value).Order(),
        await OfConfirmedAsync(PortabilityRequest.New));

    [Fact]
    public async Task Sets_OfARequestThatIsNotConfirmed_AreNone()
    {
        var records = await SharedRecords.OpenAsync();
        Assert.Empty((await List(records).RunAsync(new(await records.OpenCaseAsync()), default)).DataSets);
    }

    private static async Task<IEnumerable<string>> OfConfirmedAsync(NewRequest<SubjectRequest> @new)
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync(@new);
        await records.Cases.ExecuteAsync<PackagedRequest>(
            id, "confirm", Actors.Subject, _ => new Decision.Change(new CaseFact.Confirmed()), [], default);
        return (await List(records).RunAsync(new(id), default)).DataSets.Order();
    }

    private static ListDataSets List(SharedRecords records)
    {
        var (map, parts) = (DataMapRegister.LoadEmbedded(), new GatheredParts(new ExportFolder(records.Storage)));
        var scopes = new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        var pages = new PackagePages(scopes, NullLoggerFactory.Instance);
        var site = Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") });
        var links = new SiteLinks(site, new LinkTokens(new EphemeralDataProtectionProvider()));
        return new(
            new PackagedRights([new AccessPackage(map, parts, new AnswerPage(map, pages)), new PortablePackage(map, parts, pages, links)]),
            records.Cases);
    }
}
