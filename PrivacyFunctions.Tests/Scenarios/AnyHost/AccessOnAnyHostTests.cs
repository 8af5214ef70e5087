using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>
/// What <see cref="TimeTests"/> holds with a moved clock, held on whatever host. Nothing here depends on how fast legal
/// time passes, only on what comes after what.
/// </summary>
[Clause("R-ACCESS")]
public class AccessOnAnyHostTests
{
    [Fact]
    [Clause("L9")]
    public async Task Unconfirmed_AfterTheWindow_IsToldWhyAndCanResume()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var firstLink = await person.LinkAsync(Mails.Confirm);

        await host.UntilAsync(reference, view => view.Status() == "notIdentified");
        var resume = await person.LinkAsync(Mails.NotIdentified);
        using (var late = await person.PostAsync(firstLink)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        using (var resumed = await person.PostAsync(resume)) Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);

        Assert.Contains("data.json", (await person.DownloadAsync()).Names);
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    [Fact]
    [Clause("L9")]
    public async Task Unconfirmed_AfterTheWindowToResume_IsClosedAndTheAddressForgotten()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync("the form left open");

        await host.UntilAsync(reference, view => view.Status() == "notIdentified");
        var resume = await person.LinkAsync(Mails.NotIdentified);
        Assert.Equal("notIdentified", (await host.UntilAsync(reference, view => view.Status() == "closed")).Outcome());

        using (var late = await person.PostAsync(resume)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));

        // The form that was left open is a new request now.
        Assert.NotEqual(reference, await person.AskAsync("the form left open"));
    }

    [Fact]
    [Clause("K-SCHEDULE")]
    public async Task Package_AfterItsTime_IsDeletedAndItsLinksSaySo()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await person.DownloadAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("answered", view.Outcome());
        Assert.Equal(["export-deleted", "closed"], view.Facts().TakeLast(2));
        Assert.Empty(
            new BlobContainerClient(host.Storage, "privacy-exports")
                .GetBlobs(BlobTraits.None, BlobStates.None, $"{reference}/", default));
        using var late = await host.App.GetAsync(await person.LinkAsync(Mails.Ready));
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }
}
