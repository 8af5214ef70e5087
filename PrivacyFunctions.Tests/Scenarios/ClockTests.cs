using Azure.Data.Tables;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A host whose clock begins on a day of the test's choice.</summary>
public class ClockTests
{
    private static readonly DateOnly LeapYear = new(2028, 2, 20);
    private static readonly DateTimeOffset Midnight = new(LeapYear, TimeOnly.MinValue, TimeSpan.Zero);

    [LocalFact]
    public async Task Clock_OfAHostWithoutACompany_BeginsOnItsDayAndSurvivesARestart()
    {
        await using var host = await LocalHostProcess.StartAsync(clock: LeapYear, seeded: false, nights: false);
        Assert.InRange(await host.NowAsync(), Midnight, Midnight.AddMinutes(10));
        Assert.False(await HasSampleAsync(host));

        await host.PassToAsync(Midnight.AddDays(9));
        await host.KillAsync();
        await host.RunAsync();

        Assert.InRange(await host.NowAsync(), Midnight.AddDays(9), Midnight.AddDays(9).AddMinutes(10));
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
    }

    [LocalFact("begins its clock on a day of its own", onAnyHost: null)]
    public async Task Clock_BehindRealTime_TheSampleCompanyIsOfThatDay()
    {
        await using var host = await LocalHostProcess.StartAsync(clock: new DateOnly(2024, 2, 28));
        var marker = await new TableClient(host.Storage, SampleCompany.MarkerTable).GetEntityAsync<TableEntity>("seed", "sample");
        Assert.Equal("2024-02-28", marker.Value.GetString("Today"));
    }

    private static async Task<bool> HasSampleAsync(LocalHostProcess host)
    {
        await foreach (var _ in new TableServiceClient(host.Storage).QueryAsync(table => table.Name == SampleCompany.MarkerTable))
            return true;
        return false;
    }
}
