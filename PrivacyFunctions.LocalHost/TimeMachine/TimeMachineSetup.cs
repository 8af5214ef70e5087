using System.Globalization;
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
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(3660);

    /// <param name="endpoints">The desk's.</param>
    /// <param name="clock">The clock it shows.</param>
    /// <param name="mover">Moves it; there as soon as the app is put together, and until then moves wait.</param>
    public static void MapTimeMachine(this IEndpointRouteBuilder endpoints, MovableClock clock, Task<ClockMover> mover)
    {
        endpoints.MapGet("/time", () => Show(clock));
        endpoints.MapPost("/time", async (HttpRequest request, CancellationToken cancellation) =>
        {
            var form = await request.ReadFormAsync(cancellation);
            var move = await MoveAsync(clock, await mover, form["by"], cancellation);
            return move is null ? Results.BadRequest() : Results.Redirect("/time");
        });

        endpoints.MapGet("/api/clock", () => new ClockFace(clock.GetUtcNow(), []));
        endpoints.MapPost("/api/clock", async (ClockMove move, CancellationToken cancellation) =>
            await MoveAsync(clock, await mover, move.By, cancellation) is { } stops
                ? Results.Ok(new ClockFace(clock.GetUtcNow(), stops))
                : Results.Problem(
                    "by is a time span (14.00:00:00), \"month\" or \"next\", forward and at most ten years.",
                    statusCode: StatusCodes.Status400BadRequest));
    }

    private static async Task<IReadOnlyList<DateTimeOffset>?> MoveAsync(
        MovableClock clock, ClockMover mover, string? by, CancellationToken cancellation) => by switch
        {
            "next" => await mover.AdvanceToNextStopAsync(cancellation),
            "month" => await mover.AdvanceToAsync(clock.GetUtcNow().AddMonths(1), cancellation),
            _ when TimeSpan.TryParse(by, CultureInfo.InvariantCulture, out var span)
                && span >= TimeSpan.Zero && span <= Farthest =>
                await mover.AdvanceAsync(span, cancellation),
            _ => null,
        };

    private static RazorComponentResult<TimePage> Show(MovableClock clock) => new(new { Now = clock.GetUtcNow(), clock.Offset });

    /// <param name="By">A time span, "month" or "next".</param>
    private sealed record ClockMove(string? By);

    /// <param name="Now">The clock, UTC.</param>
    /// <param name="Stops">Where a move stopped on its way.</param>
    private sealed record ClockFace(DateTimeOffset Now, IReadOnlyList<DateTimeOffset> Stops);
}
