using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>An answer that takes longer, on whatever host.</summary>
[Clause("L2")]
[Clause("R-ERASE")]
public class ExtensionOnAnyHostTests
{
    [Fact]
    public async Task Erasure_ThatWaits_IsExtendedAndThePersonIsToldWhy()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        var before = await DueOnAsync(host, reference);

        await host.OperateAsync($"cases/{reference}/extension", new { reason = "manyRequests" });
        Assert.True(await DueOnAsync(host, reference) > before.AddDays(50));
        Assert.Contains("you have sent us many requests", (await host.Outbox.ReceiveAsync(person.Address, "We need more time to answer you")).Text);
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    private static async Task<DateOnly> DueOnAsync(ScenarioHost host, string reference) => DateOnly.Parse(
        (await host.CaseAsync(reference)).GetProperty("case").GetProperty("due").GetProperty("on").GetString()!);
}
