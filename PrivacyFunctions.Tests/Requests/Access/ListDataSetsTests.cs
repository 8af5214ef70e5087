using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Access;

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

        var listed = await new ListDataSets(DataMapRegister.LoadEmbedded(), records.Cases).RunAsync(new(id), default);

        var ofTheCompany = MapFile.Parse()["systems"]!.AsArray().SelectMany(system => system!["dataSets"]!.AsArray())
            .Where(set => (string?)set!["role"] == "controller" && set["notGathered"] is null)
            .Select(set => (string)set!["id"]!);
        Assert.Equal(ofTheCompany.Concat(["cases", "holds", "suppressions"]).Order(), listed.DataSets.Order());
    }

    [Fact]
    public async Task Sets_OfARequestThatIsNotConfirmed_AreNone()
    {
        var records = await SharedRecords.OpenAsync();
        var list = new ListDataSets(DataMapRegister.LoadEmbedded(), records.Cases);
        Assert.Empty((await list.RunAsync(new(await records.OpenCaseAsync()), default)).DataSets);
    }
}
