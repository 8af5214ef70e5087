using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Clock;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;
using Xunit.Abstractions;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>
/// Cases of every kind, of people and operators who do what they like, over four months and until all has ended, with refused mails and a
/// death of the host in between. A twentieth of the promised 500 in every run; <c>PF_SCALE=1 dotnet test --filter
/// FullyQualifiedName~MixedCases</c> runs them all, and another number that share of them. A run that fails prints its seed, which
/// <c>PF_SEED</c> repeats.
/// </summary>
public class MixedCasesTests(ITestOutputHelper output)
{
    private const int Promised = 500;
    private const double Ordinary = 0.05;

    [LocalFact]
    [Clause("L1")]
    [Clause("L2")]
    [Clause("L3")]
    [Clause("L4")]
    [Clause("L6")]
    [Clause("L8")]
    [Clause("L9")]
    public async Task Cases_OfPeopleAndOperatorsWhoDoWhatTheyLike_EndAsTheLawSays()
    {
        var seed = Setting("PF_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
        var share = Setting("PF_SCALE") is { } scale ? double.Parse(scale, CultureInfo.InvariantCulture) : Ordinary;
        var (cases, watch) = ((int)(Promised * share), Stopwatch.StartNew());
        var repeat = string.Create(
            CultureInfo.InvariantCulture, $"PF_SEED={seed} PF_SCALE={share} dotnet test --filter FullyQualifiedName~MixedCases");
        output.WriteLine(repeat);

        var first = new DateOnly(2026, 1, 1).AddDays(seed % 1000);
        var policy = MortalHost.KillsProcesses ? new(PausesForAnswers: false, TakesTwo: false) : MixedPolicy.Of(seed);
        await using var host = await MortalHost.StartAsync(
            clock: first, seeded: false, nights: false, also: app => app.Services.PostConfigure<PolicyOptions>(policy.Set));
        await SampleCompany.SeedAsync(new TableServiceClient(host.Storage), new BlobServiceClient(host.Storage), first, null, CancellationToken.None);
        var run = new MixedRun(new MixedWorld(host, seed, policy), output.WriteLine);
        try
        {
            await run.LiveAsync(cases);
            await run.JudgeAsync();
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{broken.Message}\nRepeat it: {repeat}", broken);
        }

        output.WriteLine($"{run.World.Stories.Count} cases in {watch.Elapsed.TotalSeconds:F0} s, {run.World.Today.DayNumber - first.DayNumber} days, {run.Took}. {run.Tally()}");
        Assert.True(run.World.Problems.Count == 0, $"Repeat it: {repeat}\n\n{string.Join("\n\n", run.World.Problems.Take(20))}");
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
