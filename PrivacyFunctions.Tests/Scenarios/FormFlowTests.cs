using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The whole way with nothing but a browser without JavaScript: pages, forms, links in mails.</summary>
[Clause("R-ACCESS")]
public class FormFlowTests
{
    [Fact]
    public async Task Access_ByFormsAlone_EndsWithTheDownload()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = new DataSubject(host, SamplePeople.All[20].Address);

        var centre = await OpenAsync(host, "");
        var form = await OpenAsync(host, Path(centre.QuerySelector<IHtmlAnchorElement>(".card a")!));
        Assert.NotNull(form.QuerySelector("label[for=email]"));
        using (var sent = await SubmitAsync(host, form, ("email", person.Address)))
        {
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
            Assert.Contains("Check your inbox", await sent.Content.ReadAsStringAsync());
        }

        var question = await OpenAsync(host, await person.LinkAsync(Mails.Confirm));
        using (var confirmed = await SubmitAsync(host, question))
            Assert.Contains("your request is confirmed", await confirmed.Content.ReadAsStringAsync());
        var again = await OpenAsync(host, await person.LinkAsync(Mails.Confirm));
        Assert.Contains("your request is confirmed", again.QuerySelector("h1")!.TextContent);
        Assert.Null(again.QuerySelector("form")); // nothing is left to press, and nothing says that nothing happens

        var ready = await OpenAsync(host, await person.LinkAsync(Mails.Ready));
        using var codeSent = await SubmitAsync(host, ready);
        Assert.Equal(HttpStatusCode.SeeOther, codeSent.StatusCode);

        var codeForm = await OpenAsync(host, codeSent.Headers.Location!.OriginalString.TrimStart('/'));
        var code = (await host.Outbox.ReceiveAsync(person.Address, Mails.Code))
            .Text!.Split('\n')
            .Single(line => line.Trim() is { Length: 6 } digits && digits.All(char.IsDigit))
            .Trim();
        using (var wrong = await SubmitAsync(host, codeForm, ("code", "nonsense")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("role=\"alert\"", await wrong.Content.ReadAsStringAsync());
        }

        // The button is pressed twice, and the page that comes is loaded again.
        using (var pressed = await SubmitAsync(host, codeForm, ("code", code))) Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        using var opened = await SubmitAsync(host, codeForm, ("code", $"{code[..3]} {code[3..]}"));
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var page = opened.Headers.Location!.OriginalString.TrimStart('/');
        await OpenAsync(host, page);
        var last = await OpenAsync(host, page);
        using var package = await host.App.GetAsync(Path(last.QuerySelector<IHtmlAnchorElement>("a.next")!));
        Assert.Equal("application/zip", package.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", package.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task TerminationForm_SentEmpty_NamesBothFieldsAtOnce()
    {
        var host = await ScenarioHost.SharedAsync();
        using var refused = await SubmitAsync(host, await OpenAsync(host, "accounts/end"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var form = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStringAsync());
        Assert.Equal(["#email", "#account"], form.QuerySelectorAll(".problem a").Select(link => link.GetAttribute("href")));
        foreach (var field in form.QuerySelectorAll("#email, #account"))
        {
            Assert.Equal("true", field.GetAttribute("aria-invalid"));
            var beside = form.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[0])!;
            Assert.Equal((field, form.QuerySelector($".problem a[href='#{field.Id}']")!.TextContent), (beside.NextElementSibling!, beside.TextContent));
        }

        using var program = await host.App.PostAsJsonAsync("accounts/end", new { });
        var errors = (await program.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(["account", "email"], errors.EnumerateObject().Select(error => error.Name).Order());
    }

    [Theory]
    [Clause("T-ACTIVE")]
    [InlineData("{0}", false)]
    [InlineData("  {0}\t", true)]
    [InlineData("{0}", true)]
    public async Task TerminationForm_NumberAsPeopleTypeIt_EndsThatAccount(string typing, bool isByPhone)
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var typed = string.Format(CultureInfo.InvariantCulture, typing, owner.Account);
        if (isByPhone) typed = typed.ToUpperInvariant().Replace('-', '\u2013');

        using var sent = await SubmitAsync(host, await OpenAsync(host, "accounts/end"), ("email", owner.Address), ("account", typed));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await owner.ConfirmAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await owner.TryBeEndedAsync()).Status); // it is that account that ends
    }

    [Fact]
    public async Task OperatorsAddress_AskedWithoutAccept_AnswersJson()
    {
        var host = await ScenarioHost.SharedAsync();
        using var answer = await host.GetCaseAsync(new string('0', 32), host.OperatorKey);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("requests/access")]
    [InlineData("requests/portability")]
    public async Task Page_ByHead_AnswersLikeGetWithoutItsBody(string path)
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task StyleSheet_IsServedForEverByItsHash()
    {
        var host = await ScenarioHost.SharedAsync();
        var centre = await OpenAsync(host, "");
        var path = centre.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!.TrimStart('/');
        using var style = await host.App.GetAsync(path);
        Assert.Equal("text/css", style.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", style.Headers.CacheControl?.ToString());

        // What is wrong has a red border, in fields of every kind: as strong a rule as that of the ordinary border, and a later one.
        var rules = await style.Content.ReadAsStringAsync();
        var ordinary = rules.IndexOf("input[type=email], input[type=text], select, textarea {", StringComparison.Ordinal);
        var wrong = rules.IndexOf("input[aria-invalid=true], select[aria-invalid=true], textarea[aria-invalid=true] { border-color: var(--warn)", StringComparison.Ordinal);
        Assert.InRange(ordinary, 0, wrong);
        using var other = await host.App.GetAsync(path.Replace("assets/", "assets/0", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static async Task<IHtmlDocument> OpenAsync(ScenarioHost host, string path)
    {
        using var answer = await host.App.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    // As a browser does: the first form's fields, hidden ones included, to its action.
    private static async Task<HttpResponseMessage> SubmitAsync(
        ScenarioHost host, IHtmlDocument page, params (string Name, string Value)[] typed)
    {
        var form = (IHtmlFormElement)page.QuerySelector("form[method=post]")!;
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input[name]").ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in typed)
        {
            Assert.Contains(name, fields.Keys);
            fields[name] = value;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")!.TrimStart('/'))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml");
        return await host.App.SendAsync(request);
    }

    private static string Path(IHtmlAnchorElement link) => link.GetAttribute("href")!.TrimStart('/');
}
