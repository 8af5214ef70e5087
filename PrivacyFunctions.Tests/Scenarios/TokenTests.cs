using System.Net;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Links from mails: forged, foreign, damaged, pressed twice, opened by scanners.</summary>
[Clause("C-SECURE")]
[Clause("R-ACCESS")]
public class TokenTests
{
    [Theory]
    [InlineData("confirm/forged")]
    [InlineData("confirm/CfDJ8AAAA")]
    [InlineData("download/forged")]
    [InlineData("export/forged")]
    [InlineData("confirm/..%2f..%2fadmin")]
    public async Task Token_Forged_IsRefusedByPageAndPost(string path)
    {
        var host = await ScenarioHost.SharedAsync();
        using var page = await host.App.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        if (!path.StartsWith("confirm", StringComparison.Ordinal)) return;
        using var post = await host.App.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
    }

    [Fact]
    public async Task Token_OfAnotherPurposeOrDamaged_OpensNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var confirm = (await person.LinkAsync(Mails.Confirm)).Split('/')[1];
        var download = (await person.LinkAsync(Mails.Ready)).Split('/')[1];
        var damaged = download[..^4] + (download[^4] == 'A' ? 'B' : 'A') + download[^3..];

        foreach (var path in new[]
        {
            $"download/{confirm}", $"export/{download}", $"export/{confirm}",
            $"confirm/{download}", $"download/{damaged}", $"download/{damaged}/code",
        })
        {
            using var answer = await host.App.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Confirmation_OfACaseThatIsGone_IsToldSo()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var link = await person.LinkAsync(Mails.Confirm);
        var cases = new TableServiceClient(host.Storage).GetTableClient("privacyCases");
        await foreach (var row in cases.QueryAsync<TableEntity>(row => row.PartitionKey == reference))
            await cases.DeleteEntityAsync(row.PartitionKey, row.RowKey);

        using var answer = await person.PostAsync(link);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task Confirmation_TwiceAtOnce_TakesEffectOnce()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var link = await person.LinkAsync(Mails.Confirm);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.PostAsync(link)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await person.DownloadAsync();
        var view = await host.CaseAsync(reference);
        Assert.Single(view.Facts(), fact => fact == "confirmed");
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Ready));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task MailScanner_OpeningEveryLink_ChangesNothing(string method)
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await ScanAsync(await person.LinkAsync(Mails.Confirm));
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(reference)).Status());

        await person.ConfirmAsync();
        var link = await person.LinkAsync(Mails.Ready);
        await ScanAsync(link);
        await ScanAsync($"{link}/code");
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.Code));
        Assert.DoesNotContain("export-opened", (await host.CaseAsync(reference)).Facts());

        async Task ScanAsync(string path)
        {
            for (var i = 0; i < 3; i++)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var answer = await host.App.SendAsync(request);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
    }
}
