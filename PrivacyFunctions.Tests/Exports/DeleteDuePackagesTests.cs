using Azure.Storage.Blobs.Specialized;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Exports;

/// <summary>The hourly sweep of packages goes by what the case says, not by its list alone.</summary>
[Clause("K-SCHEDULE")]
public class DeleteDuePackagesTests
{
    [Fact]
    public async Task Sweep_BetweenTheEndsOfARepeatedOffer_LeavesThePackageToTheCasesOwn()
    {
        var (records, time, ends, sweep) = await OpenAsync();
        var (id, package) = await PackageAsync(records);

        // The step noted an end, died, and offered the package a day later, with an end of its own.
        await DecideAsync(_ => new Decision.Change(new CaseFact.Confirmed()));
        var state = await records.Cases.GetAsync<AccessRequest>(id, default);
        foreach (var at in new[] { EngineRun.Start, EngineRun.Start.AddDays(1) })
            await ends.AddAsync(id, Offer(state, at), default);
        var offered = await DecideAsync(found => Offer((AccessRequest)found, EngineRun.Start.AddDays(1)));

        time.SetUtcNow(offered.OfferedUntil!.Value.AddHours(-1));
        await sweep.RunAsync(new TimerInfo(), default);
        Assert.True(await package.ExistsAsync());

        time.SetUtcNow(offered.OfferedUntil!.Value.AddHours(1));
        await sweep.RunAsync(new TimerInfo(), default);
        Assert.False(await package.ExistsAsync());
        Assert.True((await records.Cases.GetAsync<AccessRequest>(id, default)).ExportDeleted);
        Assert.DoesNotContain(id, await ends.DueAsync(DateTimeOffset.MaxValue, default).Select(end => end.Case).ToListAsync());

        Task<Case> DecideAsync(Func<Case, Decision> decide) =>
            records.Cases.ExecuteAsync<Case>(id, Guid.NewGuid().ToString("N"), Actors.System, decide, [], default);
    }

    /// <summary>The step noted the end and died before it offered the package: its repetition still finds it.</summary>
    [Fact]
    public async Task Sweep_OfAPackageThatIsNotOfferedYet_LeavesItToItsStep()
    {
        var (records, time, ends, sweep) = await OpenAsync();
        var (id, package) = await PackageAsync(records);
        var confirmed = (AccessRequest)await records.Cases.ExecuteAsync<Case>(
            id, "confirm", Actors.System, _ => new Decision.Change(new CaseFact.Confirmed()), [], default);
        await ends.AddAsync(id, Offer(confirmed, EngineRun.Start), default);

        time.SetUtcNow(EngineRun.Start.AddDays(60));
        await sweep.RunAsync(new TimerInfo(), default);

        Assert.True(await package.ExistsAsync());

        // It is still known, and goes if the case ends without an offer.
        await records.Cases.ExecuteAsync<Case>(
            id, "close", Actors.System, _ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)), [], default);
        await sweep.RunAsync(new TimerInfo(), default);
        Assert.False(await package.ExistsAsync());
        Assert.DoesNotContain(id, await ends.DueAsync(DateTimeOffset.MaxValue, default).Select(end => end.Case).ToListAsync());
    }

    private static async Task<(SharedRecords Records, FakeTimeProvider Time, PackageEnds Ends, DeleteDuePackages Sweep)> OpenAsync()
    {
        var (records, time) = (await SharedRecords.OpenAsync(), new FakeTimeProvider(EngineRun.Start));
        var (legal, ends) = (new LegalTime(Options.Create(new PolicyOptions()), records.Storage, time), new PackageEnds(records.Storage));
        return (
            records, time, ends, new(ends, records.Cases, new(records.Cases, new(records.Storage), []), legal, NullLogger<DeleteDuePackages>.Instance));
    }

    private static async Task<(CaseId Case, BlockBlobClient Package)> PackageAsync(SharedRecords records)
    {
        var id = await records.OpenCaseAsync();
        var package = await new ExportFolder(records.Storage).PackageAsync(id);
        await package.UploadAsync(new MemoryStream([1]));
        return (id, package);
    }

    private static Decision Offer(AccessRequest state, DateTimeOffset at) =>
        PackageDecisions.Offer(state, at, new PackageContents(1, 1, "ab", 1));
}
