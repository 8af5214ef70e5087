using Dapper;
using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>Dapper's verbs on a transaction, so that no statement can run beside it.</summary>
internal static class Statements
{
    public static int Execute(this SqliteTransaction transaction, string sql, object? values = null) =>
        transaction.Connection!.Execute(sql, values, transaction);

    public static T? Scalar<T>(this SqliteTransaction transaction, string sql, object? values = null) =>
        transaction.Connection!.ExecuteScalar<T>(sql, values, transaction);

    public static List<T> Query<T>(this SqliteTransaction transaction, string sql, object? values = null) =>
        transaction.Connection!.Query<T>(sql, values, transaction).AsList();
}
