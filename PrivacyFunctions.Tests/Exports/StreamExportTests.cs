using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Exports;

/// <summary>The download goes by the end that the person was told, not by whether somebody has deleted the package yet.</summary>
[Clause("K-SCHEDULE")]
public class StreamExportTests
{
    [Fact]
    public async Task Package_AfterItsOffersEnd_IsGoneThoughItIsThere()
    {
        var time = new FakeTimeProvider(EngineRun.Start);
        var records = await SharedRecords.OpenAsync();
        var (folder, tokens) = (new ExportFolder(records.Storage), new LinkTokens(new EphemeralDataProtectionProvider()));
        var legal = new LegalTime(Options.Create(new PolicyOptions()), records.Storage, time);
        var late = new AfterTheHour(records.Cases, [], new(Options.Create(new SiteOptions { BaseUrl = new("http://localhost") }), tokens), legal);
        var stream = new StreamExport(records.Cases, [], late, tokens, legal, new(folder, Kinds.All), new(records.Storage, time), time);
        var id = await records.OpenCaseAsync();
        await (await folder.PackageAsync(id)).UploadAsync(new MemoryStream([1]));
        foreach (var decide in new Func<AccessRequest, Decision>[]
        {
            _ => new Decision.Change(new CaseFact.Confirmed()),
            state => PackageDecisions.Offer(state, EngineRun.Start, new PackageContents(1, 1, "ab", 1)),
        })
            await records.Cases.ExecuteAsync(id, Guid.NewGuid().ToString("N"), Actors.System, decide, [], default);
        var until = (await records.Cases.GetAsync<AccessRequest>(id, default)).OfferedUntil!.Value;
        var token = tokens.Create(LinkPurpose.Stream, id, until.AddDays(1));

        time.SetUtcNow(until.AddTicks(-1));
        Assert.IsType<FileStreamHttpResult>(await AskAsync());
        time.SetUtcNow(until);
        Assert.IsNotType<FileStreamHttpResult>(await AskAsync());

        Task<IResult> AskAsync() => stream.RunAsync(new DefaultHttpContext { Request = { Method = "HEAD" } }.Request, token, default);
    }
}
