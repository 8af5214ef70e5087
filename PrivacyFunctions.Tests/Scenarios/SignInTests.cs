using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Cases;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Requests of people who are signed in at the company: from the sign-in to the last mail.</summary>
[Clause("L9")]
public class SignInTests
{
    private const string SignsIn = "signs people in by its own key";
    private const string Asked = "We have your request";

    [LocalFact(SignsIn, typeof(AgentTests))]
    public async Task Access_FromTheCompanysPages_NeedsNoConfirmationAndStillACode()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        var person = new DataSubject(host, SamplePeople.OtherScript);
        var signedIn = await new HtmlParser().ParseDocumentAsync(await host.SignInAsync(SamplePeople.ByAddress(person.Address).Id));
        var way = signedIn.QuerySelectorAll<IHtmlFormElement>("form").Single(each => each.GetAttribute("action")!.EndsWith("/sign-in/access", StringComparison.Ordinal));

        var form = await SubmitAsync(host, way, HttpStatusCode.OK);
        Assert.Contains($"You are signed in as {person.Address}", form.QuerySelector("main")!.TextContent);
        Assert.Null(form.QuerySelector("label[for=email], label[for=agent]"));
        var sent = await SubmitAsync(host, (IHtmlFormElement)form.QuerySelector("main form")!, HttpStatusCode.Accepted);
        Assert.Contains("you do not have to confirm it", sent.QuerySelector("main")!.TextContent);

        var told = await host.Outbox.ReceiveAsync(person.Address, Asked);
        Assert.Contains("somebody who was signed in with us as you", told.Text);
        await person.DownloadAsync();
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.Confirm));
        var view = await host.CaseAsync(told.Text!.Split("Reference: ")[1][..32]);
        Assert.Equal(("offered", "signIn"), (view.Status(), view.Proof()));
        Assert.Equal("signIn", view.GetProperty("audit")[1].GetProperty("entry").GetProperty("fact").GetProperty("proof").GetString());
        Assert.True(view.ChainIsIntact());
    }

    [LocalFact(SignsIn, typeof(AgentTests))]
    [Clause("C-SECURE")]
    public async Task Erasure_SignedIn_IsDoneAndNothingOfTheTokenStays()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var token = await host.TokenAsync(person.Address, id, claims => claims["jti"] = "number-of-this-very-token");
        var answer = await host.AskSignedInAsync(person.Address, token, "erasure");
        Assert.True(answer.IsBySignIn());
        var told = await host.Outbox.ReceiveAsync(person.Address, Asked);
        Assert.Contains("to erase your data", told.Subject);
        await host.ApproveWaitingPlanAsync(answer.Reference());
        await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Done);
        await host.UntilAsync(answer.Reference(), view => view.Status() == "closed");
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", answer.Reference()) == 0);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.Confirm));

        var places = new List<(string Place, string Text)> { ("output", host.Output) };
        await foreach (var place in LeakLook.EverythingAsync(host)) places.Add(place);
        foreach (var file in Directory.EnumerateFiles(host.Folder, "engine.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            places.Add((file, await ReadAsync(file)));
        var parts = token.Split('.');
        foreach (var trace in parts.SelectMany(LeakLook.TracesOf).Concat(LeakLook.TracesOf("number-of-this-very-token")))
            Assert.All(places, place => Assert.False(place.Text.Contains(trace, StringComparison.OrdinalIgnoreCase), $"{place.Place} holds a part of the token."));

        // That it was used is known until it can be used no more.
        Assert.Contains(places, place => place.Place == "privacySignIns");
        await host.FireAsync("ForgetSignIns");
        Assert.False((await host.AskSignedInAsync(person.Address, token)).IsBySignIn());
        await host.PassAsync(TimeSpan.FromHours(2));
        await host.FireAsync("ForgetSignIns");
        await foreach (var (table, _) in RecordsLook.RowsAsync(host.Storage)) Assert.NotEqual("privacySignIns", table);
    }

    // A session can be stolen: then the mailbox is what is left to its owner.
    [LocalFact(SignsIn, typeof(AgentTests))]
    public async Task Erasure_SignedIn_IsWithdrawnByTheMailOfTheMailboxsOwner()
    {
        var host = (OwnClockHost)await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = (await host.AskSignedInAsync(person.Address, await host.TokenAsync(person.Address, id), "erasure")).Reference();
        var page = await person.PageAsync(host, Asked);
        await host.WaitingPlanAsync(reference);
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.Equal("withdrawn", (await host.UntilAsync(reference, view => view.Status() == "closed")).Outcome());
    }

    [LocalFact(SignsIn, typeof(AgentTests))]
    public async Task Form_OfWhoeverIsSignedIn_KeepsTheSignInWithItsMistakes()
    {
        var host = (OwnClockHost)await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var token = await host.TokenAsync(person.Address, id);
        var form = await PostAsync(host, "sign-in/restriction", [new("signIn", token), new("ground", "accuracy"), new("email", "somebody@example.org")], HttpStatusCode.OK);
        Assert.Empty(form.QuerySelectorAll("input[checked]")); // another page fills nothing in
        var refused = await SubmitAsync(host, (IHtmlFormElement)form.QuerySelector("main form")!, HttpStatusCode.BadRequest);
        Assert.Contains($"You are signed in as {person.Address}", refused.QuerySelector("main")!.TextContent);
        Assert.Equal(token, refused.QuerySelector<IHtmlInputElement>("input[name=signIn]")!.Value);

        // What needs no proof takes the address and no token.
        var objection = await PostAsync(host, "sign-in/objection", [new("signIn", token)], HttpStatusCode.OK);
        Assert.Equal(person.Address, objection.QuerySelector<IHtmlInputElement>("input[name=email]")!.Value);
        Assert.Null(objection.QuerySelector("input[name=signIn]"));
        var without = await PostAsync(host, "sign-in/access", [new("signIn", $"{token}x")], HttpStatusCode.OK);
        Assert.Contains("Your sign-in cannot be used", without.QuerySelector("main")!.TextContent);
        Assert.NotNull(without.QuerySelector("label[for=email]"));
        await PostAsync(host, "sign-in/nothing", [new("signIn", token)], HttpStatusCode.NotFound);
        using var address = await host.App.GetAsync($"sign-in/access?signIn={token}");
        Assert.Equal(HttpStatusCode.NotFound, address.StatusCode);
    }

    // Strangers' forms take no place of theirs, and whoever has a session brings their mailbox no more mails than a form does.
    [LocalFact(SignsIn, typeof(AgentTests))]
    [Clause("C-SECURE")]
    public async Task Requests_SignedIn_HavePlacesOfTheirOwnAndNoMoreThanAFew()
    {
        var host = (OwnClockHost)await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        for (var number = 0; number < MailAllowance.PlacesADay; number++) await person.AskAsync(right: "erasure");
        var opened = new List<string>();
        for (var number = 0; number < MailAllowance.PlacesADay; number++) opened.Add((await AskAsync()).Reference());
        await Task.WhenAll(opened.Select(reference => host.WaitingPlanAsync(reference)));

        var joined = await AskAsync();
        Assert.True(joined.IsBySignIn());
        Assert.Equal("answeredByAnotherCase", (await host.CaseAsync(joined.Reference())).Outcome());
        Assert.Equal(MailAllowance.PlacesADay, (await host.Outbox.AllAsync(person.Address, Asked)).Count);

        async Task<JsonElement> AskAsync() =>
            await host.AskSignedInAsync(person.Address, await host.TokenAsync(person.Address, id), "erasure");
    }

    private static Task<IHtmlDocument> SubmitAsync(ScenarioHost host, IHtmlFormElement form, HttpStatusCode expected) => PostAsync(
        host, new Uri(host.App.BaseAddress!, form.GetAttribute("action")!).AbsolutePath.TrimStart('/'),
        form.QuerySelectorAll<IHtmlInputElement>("input[name]").Where(input => input.Type != "radio" || input.IsChecked)
            .Select(input => KeyValuePair.Create(input.Name!, input.Value)), expected);

    private static async Task<IHtmlDocument> PostAsync(
        ScenarioHost host, string path, IEnumerable<KeyValuePair<string, string>> fields, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        await open.CopyToAsync(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
