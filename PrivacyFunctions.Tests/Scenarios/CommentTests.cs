using System.Net;
using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What operators note about a request for each other.</summary>
[Clause("C-ACCESS")]
public class CommentTests
{
    private const string Note = "They called: the invoices of 2024 have to stay.";

    [Fact]
    [Clause("R-ACCESS")]
    public async Task Comment_IsReadByOthersAndByThePersonLater_AndLiesOpenNowhere()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        var status = (await host.CaseAsync(reference)).Status();
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.OK, (await NoteAsync(host, reference, Note, "n1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await NoteAsync(host, reference, "My card is 4111 1111 1111 1111.", "n2", await host.IssueKeyAsync("op-8", CallerRole.Agent))).Status);

        var shown = await CommentsAsync(host, reference);
        Assert.Equal([Note, "My card is …1111."], shown.Select(each => each.GetProperty("words").GetString()));
        Assert.Equal("op-8", shown[1].GetProperty("by").GetString());
        Assert.NotEqual(0, await host.RowsAsync("privacyViews", reference));
        var view = await host.CaseAsync(reference);
        Assert.Equal(["commented", "commented"], view.Facts().TakeLast(2));
        Assert.Equal((status, true), (view.Status(), view.ChainIsIntact()));
        Assert.DoesNotContain("invoices", $"{view}");
        await foreach (var (_, row) in RecordsLook.RowsAsync(host.Storage)) Assert.DoesNotContain(Note, row, StringComparison.Ordinal);

        await host.OperateAsync($"cases/{reference}/refusal", new { ground = "noGround", explanation = "We need it for your account." });
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(HttpStatusCode.OK, (await NoteAsync(host, reference, "The authority asked about it.", "n3")).Status);

        await person.AskAsync();
        await person.ConfirmAsync("Please confirm your request for your personal data");
        Assert.Contains(Note, (await person.DownloadAsync()).Set("statements").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_OnWhatNobodyHasProven_IsToldToNobody()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: "erasure");
        Assert.Equal(HttpStatusCode.OK, (await NoteAsync(host, reference, Note, "n1")).Status);

        await person.AskAsync();
        await person.ConfirmAsync("Please confirm your request for your personal data");
        Assert.DoesNotContain(Note, (await person.DownloadAsync()).Set("statements").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_Unusable_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        var reference = await DataSubject.Stranger(host).AskAsync();
        foreach (var wrong in new object[] { new { }, new { text = " \n " }, new { text = new string('x', 4001) }, new { text = Note, by = "me" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, Path(reference), wrong)).Status);
        foreach (var nobody in new[] { new string('0', 32), "none" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await NoteAsync(host, nobody, Note, "n1")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, Path(nobody))).Status);
        }

        Assert.Empty(await CommentsAsync(host, reference));
    }

    private static string Path(string reference) => $"api/operator/cases/{reference}/comments";

    private static Task<(HttpStatusCode Status, JsonElement Body)> NoteAsync(ScenarioHost host, string reference, string text, string submission, string? key = null) =>
        host.CallAsync(HttpMethod.Post, Path(reference), new { text, submission }, key);

    private static async Task<IReadOnlyList<JsonElement>> CommentsAsync(ScenarioHost host, string reference) =>
        [.. (await host.CallAsync(HttpMethod.Get, Path(reference))).Body.GetProperty("comments").EnumerateArray()];
}
