using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Packages;

/// <summary>An answer leaves out no data set of which the map tells, and once it is made no other one is.</summary>
[Clause("R-ACCESS")]
public class ListDataSetsTests
{
    [Fact]
    public async Task Sets_OfAConfirmedRequest_AreAllThatTheMapTellsOf()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync();
        await records.Cases.ExecuteAsync<AccessRequest>(
            id, "confirm", Actors.Subject, _ => new Decision.Change(new CaseFact.Confirmed()), [], default);

        var listed = await List(records).RunAsync(new(id), default);

        var ofTheCompany = MapFile.Parse()["systems"]!.AsArray().SelectMany(system => system!["dataSets"]!.AsArray())
            .Where(set => (string?)set!["role"] == "controller" && set["notGathered"] is null)
            .Select(set => (string)set!["id"]!);
        Assert.Equal(ofTheCompany.Concat(["cases", "holds", "suppressions"]).Order(), listed.DataSets.Order());
    }

    [Fact]
    public async Task Sets_OfARequestThatIsNotConfirmed_AreNone()
    {
        var records = await SharedRecords.OpenAsync();
        Assert.Empty((await List(records).RunAsync(new(await records.OpenCaseAsync()), default)).DataSets);
    }

    private static ListDataSets List(SharedRecords records)
    {
        var (map, parts) = (DataMapRegister.LoadEmbedded(), new GatheredParts(new ExportFolder(records.Storage)));
        var scopes = new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        return new(
            new PackagedRights([new AccessPackage(map, parts, new AnswerPage(map, scopes, NullLoggerFactory.Instance))]), records.Cases);
    }
}
