using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Hosting;

internal static class HttpTestFunctions
{
    [Function("Root")]
    public static IResult Root(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request)
        => Results.Text("root");

    [Function("Echo")]
    public static async Task<IResult> Echo([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "echo")] HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return Results.Text(await reader.ReadToEndAsync());
    }

    [Function("Count")]
    public static async Task<IResult> Count([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "count")] HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return Results.Text($"{body.Length}");
    }

    [Function("Form")]
    public static async Task<IResult> Form([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "form")] HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        return Results.Text($"{form["a"]} {form.Files.Count}");
    }

    [Function("AnyMethod")]
    public static IResult AnyMethod([HttpTrigger(AuthorizationLevel.Anonymous, Route = "any")] HttpRequest request)
        => Results.Text(request.Method);

    [Function("ReadThing")]
    public static IResult ReadThing(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request, string id)
        => Results.Text("read " + id);

    [Function("WriteThing")]
    public static Task<IResult> WriteThing(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "things/{id}")] HttpRequest request, string id)
        => Task.FromResult(Results.Text("written " + id));

    [Function("Typed")]
    public static IResult Typed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed/{id:guid}/{number}/{big}/{flag}/{rest?}")] HttpRequest request,
        Guid id, int number, long big, bool flag, string? rest)
        => Results.Text($"{id:N} {number} {big} {flag} {rest ?? "none"}");

    [Function("Action")]
    public static IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "action")] HttpRequest request)
        => new ContentResult { Content = "action", ContentType = "text/plain", StatusCode = 202 };

    [Function("Page")]
    public static RazorComponentResult<TestPage> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "page")] HttpRequest request)
        => new(new { Name = "<Ada>" });

    [Function("Json")]
    public static IResult Json([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "json")] HttpRequest request)
        => Results.Json(new { Answer = 42 });

    [Function("Throws")]
    public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["x-half"] = "done";
        throw new InvalidOperationException("secret@example.com", new FormatException("also secret"));
    }

    [Function("Forwarded")]
    public static IResult Forwarded([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "forwarded")] HttpRequest request)
        => Results.Text(request.Host.Value); // the worker has put the forwarded one there

    [Function("Patient")]
    public static async Task<IResult> Patient(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "patient")] HttpRequest request, FunctionContext context)
    {
        context.GetJournal().Add("begun");
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            context.GetJournal().Add("called off");
        }

        return Results.Text(request.Method);
    }

    [Function("WithFunctionKey")]
    public static IResult WithFunctionKey([HttpTrigger(AuthorizationLevel.Function, "get", Route = "keyed")] HttpRequest request)
        => Results.Text("open");

    [Function("WithMasterKey")]
    public static IResult WithMasterKey([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "mastered")] HttpRequest request)
        => Results.Text("open");

    [Function("A-first")]
    public static IResult First([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "clash/{x}")] HttpRequest request)
        => Results.Text("parameter");

    [Function("B-second")]
    public static IResult Second([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "clash/literal")] HttpRequest request)
        => Results.Text("literal");

    [Function("NoRoute")]
    public static IResult NoRoute(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation)
        => Results.Text($"{client is not null} {context.FunctionDefinition.Name} {cancellation.CanBeCanceled} "
            + $"{ReferenceEquals(request, context.GetHttpContext()?.Request)}");
}

/// <summary>A function of a class made by the container.</summary>
internal sealed class InjectedTestFunctions(ScopedThing thing)
{
    [Function("Injected")]
    public IResult Injected([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "injected")] HttpRequest request)
        => Results.Text(thing.Id.ToString());
}

internal sealed class ScopedThing
{
    public Guid Id { get; } = Guid.NewGuid();
}

public sealed class TestLayout : LayoutComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "main");
        builder.AddContent(1, Body);
        builder.CloseElement();
    }
}

[Layout(typeof(TestLayout))]
public sealed class TestPage : ComponentBase
{
    [Parameter]
    public string Name { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Name);
}
