using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.TimeMachine.Pages;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>
/// The time machine's page and endpoints. It moves this machine's clock forward, stop by stop, so that everything due on the
/// way happens in its order; it never moves back. It exists in the local host alone.
/// </summary>
internal static class TimeMachineSetup
{
    private const string Page = "/time";

    // A short move is over before the page is shown, which then needs no refresh.
    private static readonly TimeSpan ShortMove = TimeSpan.FromSeconds(1.5);

    /// <param name="endpoints">The desk's.</param>
    /// <param name="parts">There as soon as the app runs; until then requests wait.</param>
    public static void MapTimeMachine(this IEndpointRouteBuilder endpoints, Task<TimeMachineParts> parts)
    {
        endpoints.MapGet(Page, async (string? page, CancellationToken cancellation) =>
            Show(await parts.WaitAsync(cancellation), page));
        endpoints.MapPost(Page, async (HttpRequest request, CancellationToken cancellation) =>
        {
            var form = await request.ReadFormAsync(cancellation);
            return await BeginAsync(await parts.WaitAsync(cancellation), form["by"], form["to"], cancellation);
        });
        endpoints.MapPost($"{Page}/stop", async (CancellationToken cancellation) =>
        {
            (await parts.WaitAsync(cancellation)).Moves.Stop();
            return Results.Redirect(Page);
        });

        endpoints.MapGet("/api/timeline", async (string? page, CancellationToken cancellation) =>
            (await parts.WaitAsync(cancellation)).Timelines.Read(Number(page)));
        endpoints.MapGet("/api/clock", async (CancellationToken cancellation) =>
            new ClockFace((await parts.WaitAsync(cancellation)).Clock.GetUtcNow(), [], IsComplete: true));
        endpoints.MapPost("/api/clock", async (MoveRequest move, CancellationToken cancellation) =>
            await MoveAsync(await parts.WaitAsync(cancellation), move, cancellation));
    }

    private static async Task<IResult> MoveAsync(TimeMachineParts parts, MoveRequest request, CancellationToken cancellation)
    {
        if (ClockGoal.Parse(request.By, request.To, parts.Clock.GetUtcNow()) is not { } goal)
            return Results.Problem(
                "by is a time span (14.00:00:00), \"month\", \"next\" or \"end\"; or to is a date or an instant; "
                + $"forward and at most {ClockGoal.MostYears} years.",
                statusCode: StatusCodes.Status400BadRequest);
        try
        {
            var move = await parts.Moves.MoveAsync(goal, cancellation);
            return Results.Ok(new ClockFace(parts.Clock.GetUtcNow(), move.Stops, move.IsComplete));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest); // who asked has gone: the move ends at its stop
        }
    }

    private static async Task<IResult> BeginAsync(
        TimeMachineParts parts, string? by, string? to, CancellationToken cancellation)
    {
        if (ClockGoal.Parse(by, to, parts.Clock.GetUtcNow()) is not { } goal)
            return Show(parts, page: null, refused: true);
        parts.Moves.Start(goal);
        await Task.WhenAny(parts.Moves.WhenOver, Task.Delay(ShortMove, cancellation));
        return Results.Redirect(Page);
    }

    private static RazorComponentResult<TimePage> Show(TimeMachineParts parts, string? page, bool refused = false) =>
        new(new Dictionary<string, object?>
        {
            [nameof(TimePage.View)] = parts.Timelines.Read(Number(page)),
            [nameof(TimePage.Offset)] = parts.Clock.Offset,
            [nameof(TimePage.Move)] = parts.Moves.IsBusy
                ? new MoveProgress(parts.Moves.UnderWay?.Target, parts.Moves.UnderWay?.Stops ?? 0)
                : null,
            [nameof(TimePage.Last)] = parts.Moves.Last,
            [nameof(TimePage.Refused)] = refused,
        })
        {
            StatusCode = refused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };

    private static int Number(string? page) =>
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    /// <inheritdoc cref="ClockGoal.Parse"/>
    private sealed record MoveRequest(string? By, string? To);

    /// <param name="Now">The clock, UTC.</param>
    /// <param name="Stops">Where a move stopped on its way.</param>
    /// <param name="IsComplete">Whether the move reached its goal.</param>
    private sealed record ClockFace(DateTimeOffset Now, IReadOnlyList<DateTimeOffset> Stops, bool IsComplete);
}
