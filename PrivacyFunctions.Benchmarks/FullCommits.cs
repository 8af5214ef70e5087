using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.Benchmarks;

/// <summary>How often a second SQLite commits three small rows so that they survive a power cut.</summary>
internal static class FullCommits
{
    /// <param name="file">A database that is not there yet.</param>
    /// <param name="time">For how long it is measured.</param>
    public static double PerSecond(string file, TimeSpan time)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Run("PRAGMA journal_mode=WAL");
        Run("PRAGMA synchronous=FULL");
        Run("CREATE TABLE Three (number INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Three (text) VALUES ('a small row, such as an event'), ('and a second one'), ('and a third')";

        var commits = 0;
        var began = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(began) < time; commits++)
            insert.ExecuteNonQuery();
        return commits / Stopwatch.GetElapsedTime(began).TotalSeconds;

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
