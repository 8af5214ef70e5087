using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.TimeMachine.Pages;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>
/// The time machine's page and endpoint. It moves this machine's clock forward, stop by stop, so that everything due on the
/// way happens in its order; it never moves back. It exists in the local host alone.
/// </summary>
internal static class TimeMachineSetup
{
    /// <param name="endpoints">The desk's.</param>
    /// <param name="clock">The clock it shows.</param>
    /// <param name="mover">Moves it; there as soon as the app is put together, and until then moves wait.</param>
    public static void MapTimeMachine(this IEndpointRouteBuilder endpoints, MovableClock clock, Task<ClockMover> mover)
    {
        endpoints.MapGet("/time", () => Show(clock));
        endpoints.MapPost("/time", async (HttpRequest request, CancellationToken cancellation) =>
        {
            var form = await request.ReadFormAsync(cancellation);
            var move = await MoveAsync(clock, await mover, form["by"], form["to"], cancellation);
            return move is null ? Results.BadRequest() : Results.Redirect("/time");
        });

        endpoints.MapGet("/api/clock", () => new ClockFace(clock.GetUtcNow(), []));
        endpoints.MapPost("/api/clock", async (MoveRequest move, CancellationToken cancellation) =>
            await MoveAsync(clock, await mover, move.By, move.To, cancellation) is { } made
                ? Results.Ok(new ClockFace(clock.GetUtcNow(), made.Stops))
                : Results.Problem(
                    "by is a time span (14.00:00:00), \"month\", \"next\" or \"end\"; or to is a date or an instant; "
                    + "forward and at most ten years.",
                    statusCode: StatusCodes.Status400BadRequest));
    }

    private static async Task<ClockMove?> MoveAsync(
        MovableClock clock, ClockMover mover, string? by, string? to, CancellationToken cancellation) =>
        ClockGoal.Parse(by, to, clock.GetUtcNow()) is { } goal
            ? await mover.MoveAsync(goal, cancellation: cancellation)
            : null;

    private static RazorComponentResult<TimePage> Show(MovableClock clock) => new(new { Now = clock.GetUtcNow(), clock.Offset });

    /// <inheritdoc cref="ClockGoal.Parse"/>
    private sealed record MoveRequest(string? By, string? To);

    /// <param name="Now">The clock, UTC.</param>
    /// <param name="Stops">Where a move stopped on its way.</param>
    private sealed record ClockFace(DateTimeOffset Now, IReadOnlyList<DateTimeOffset> Stops);
}
